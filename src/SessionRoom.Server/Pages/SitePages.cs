using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace SessionRoom.Server;

/// <summary>The built pages, from the folder <c>pages</c> beside the program.</summary>
internal static class SitePages
{
    public const string HowTo = "the pages need Node.js 20: install it and build again, or run `npm ci` and `npm run build` in the folder web";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "pages");

    public static void Map(WebApplication app, Origins origins, Guesses guesses)
    {
        var (index, room, embed) = (Path.Combine(Folder, "index.html"), Path.Combine(Folder, "room.html"), Path.Combine(Folder, "embed.html"));
        ElementFiles.Map(app, Path.Combine(Folder, "element"));
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
        app.MapGet("/", (HttpContext http) => Page(http, index)).Describe("lobbyPage", "The page that makes rooms");
        app.MapGet("/r/{id}", (HttpContext http) => Page(http, room)).Describe("roomPage", "The room's page; the invite is in the fragment");
        // The same page for every id; only who may frame it differs.
        app.MapGet("/embed/{id}", async (string id, HttpContext http) =>
        {
            // Whatever is there or not: past the bound no address learns which rooms a key made.
            if (guesses.Frame(http) is { } wait) return Problems.SlowDown(http, wait, "Too many frames from this address.");
            http.Response.Headers.ContentSecurityPolicy = SecurityHeaders.FramedBy(await origins.FramingAsync(id, http.RequestAborted));
            return Page(http, embed);
        }).Describe("embedPage", "The room's page for a frame: in pages of the origins that the room's key lists").Refuses(429, 503);
    }

    private static RouteHandlerBuilder Describe(this RouteHandlerBuilder page, string name, string summary) => page.WithTags("Pages").Called(name, summary).Produces<string>(200, "text/html");

    private static IResult Page(HttpContext http, string file)
    {
        http.Response.Headers.CacheControl = "no-cache";
        return File.Exists(file)
            ? TypedResults.PhysicalFile(file, "text/html; charset=utf-8", lastModified: new DateTimeOffset(File.GetLastWriteTimeUtc(file)), entityTag: Tag(file))
            : TypedResults.Text($"This server runs, but its pages were not built: {HowTo}.\n", statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static EntityTagHeaderValue Tag(string file) => new($"\"{File.GetLastWriteTimeUtc(file).Ticks:x}-{new FileInfo(file).Length:x}\"");
}
