using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace SessionRoom.Server;

/// <summary>The built pages, from the folder <c>pages</c> beside the program.</summary>
internal static class SitePages
{
    public const string HowTo = "the pages need Node.js 20: install it and build again, or run `npm ci` and `npm run build` in the folder web";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "pages");

    public static void Map(WebApplication app)
    {
        var (index, room) = (Path.Combine(Folder, "index.html"), Path.Combine(Folder, "room.html"));
        if (File.Exists(index))
        {
            var files = new StaticFileOptions
            {
                FileProvider = new PhysicalFileProvider(Folder),
                OnPrepareResponse = sent => sent.Context.Response.Headers.CacheControl =
                    sent.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache",
            };
            Precompressed.Use(app, files);
            app.UseStaticFiles(files);
        }
        else
        {
            Log.NoPages(app.Logger, HowTo);
        }
        app.MapGet("/", (HttpContext http) => Page(http, index)).ExcludeFromDescription();
        app.MapGet("/r/{id}", (HttpContext http) => Page(http, room)).ExcludeFromDescription();
    }

    private static IResult Page(HttpContext http, string file)
    {
        http.Response.Headers.CacheControl = "no-cache";
        return File.Exists(file)
            ? TypedResults.PhysicalFile(file, "text/html; charset=utf-8", lastModified: new DateTimeOffset(File.GetLastWriteTimeUtc(file)), entityTag: Tag(file))
            : TypedResults.Text($"This server runs, but its pages were not built: {HowTo}.\n", statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static EntityTagHeaderValue Tag(string file) => new($"\"{File.GetLastWriteTimeUtc(file).Ticks:x}-{new FileInfo(file).Length:x}\"");
}
