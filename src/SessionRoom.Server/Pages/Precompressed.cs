using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace SessionRoom.Server;

/// <summary>Serves the <c>.br</c> or <c>.gz</c> that the build laid beside a file to whoever takes it: smaller than what is compressed while somebody waits, and over TLS too,
/// where answers are not compressed because they might hold secrets.</summary>
internal static class Precompressed
{
    private static readonly (string Encoding, string Suffix)[] Kinds = [("br", ".br"), ("gzip", ".gz")];
    private static readonly FileExtensionContentTypeProvider Types = new();

    public static void Use(WebApplication app, StaticFileOptions files)
    {
        files.ContentTypeProvider = new TypeBeneath();
        var prepare = files.OnPrepareResponse;
        files.OnPrepareResponse = sent =>
        {
            prepare(sent);
            if (KindOf(sent.File.Name) is { } kind) sent.Context.Response.Headers.ContentEncoding = kind.Encoding;
            if (sent.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal)) sent.Context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        };
        app.Use((http, next) =>
        {
            var (asked, taken) = (http.Request.Path, http.Request.GetTypedHeaders().AcceptEncoding);
            foreach (var (encoding, suffix) in Kinds)
            {
                if (!taken.Any(each => each.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && each.Quality is not 0)) continue;
                if (asked.Value is not { Length: > 1 } path || KindOf(path) is not null || !files.FileProvider!.GetFileInfo(path + suffix).Exists) continue;
                http.Request.Path = path + suffix;
                break;
            }
            return next(http);
        });
    }

    private static (string Encoding, string Suffix)? KindOf(string name)
    {
        foreach (var kind in Kinds) if (name.EndsWith(kind.Suffix, StringComparison.Ordinal)) return kind;
        return null;
    }

    /// <summary>The type is that of the file inside.</summary>
    private sealed class TypeBeneath : IContentTypeProvider
    {
        public bool TryGetContentType(string subpath, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out string contentType) =>
            Types.TryGetContentType(KindOf(subpath) is { } kind ? subpath[..^kind.Suffix.Length] : subpath, out contentType);
    }
}
