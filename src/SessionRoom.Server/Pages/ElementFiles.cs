using System.Text.RegularExpressions;
using Microsoft.Extensions.FileProviders;

namespace SessionRoom.Server;

/// <summary>The built element at <c>/element</c>, for the pages of any site: it is a program that everybody may read; what it shows needs a token and an origin.</summary>
internal static partial class ElementFiles
{
    private const string Everyone = "*", CrossOrigin = "cross-origin";

    public static void Map(WebApplication app, string folder)
    {
        if (!Directory.Exists(folder)) return;
        Precompressed.Use(app, new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(folder),
            RequestPath = "/element",
            OnPrepareResponse = sent =>
            {
                var headers = sent.Context.Response.Headers;
                headers.AccessControlAllowOrigin = Everyone;
                headers["Cross-Origin-Resource-Policy"] = CrossOrigin;
                headers.CacheControl = Hashed().IsMatch(sent.File.Name) ? "public, max-age=31536000, immutable" : "no-cache";
            },
        });
    }

    // What the build names after its content: eight characters behind the last hyphen, a digit or a capital among them.
    [GeneratedRegex(@"-(?=[A-Za-z0-9_-]*[A-Z0-9])[A-Za-z0-9_-]{8}(\.[a-z0-9]+)+$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Hashed();
}
