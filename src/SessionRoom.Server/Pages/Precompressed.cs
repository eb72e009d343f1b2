using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace SessionRoom.Server;

/// <summary>Serves the <c>.br</c> or <c>.gz</c> that the build laid beside a file to whoever takes it: smaller than what is compressed while somebody waits, and over TLS too,
/// where answers are not compressed because they might hold secrets.</summary>
internal static class Precompressed
{
    private static readonly (string Encoding, string Suffix)[] Kinds = [("br", ".br"), ("gzip", ".gz")];
    private static readonly FileExtensionContentTypeProvider Types = new();

    /// <summary>Serves the files: after this they are nobody else's to serve.</summary>
    public static void Use(WebApplication app, StaticFileOptions files)
    {
        files.ContentTypeProvider = new TypeBeneath();
        var prepare = files.OnPrepareResponse;
        files.OnPrepareResponse = sent =>
        {
            prepare(sent);
            if (KindOf(sent.File.Name) is { } kind) sent.Context.Response.Headers.ContentEncoding = kind.Encoding;
        };
        app.Use((http, next) =>
        {
            var laid = LaidBeside(http.Request.Path, files);
            if (laid.Count == 0) return next(http);
            http.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
            var taken = http.Request.GetTypedHeaders().AcceptEncoding;
            var kind = laid.FindIndex(each => taken.Any(one => one.Value.Equals(each.Encoding, StringComparison.OrdinalIgnoreCase) && one.Quality is not 0));
            if (kind >= 0) http.Request.Path += laid[kind].Suffix;
            return next(http);
        });
        app.UseStaticFiles(files);
    }

    private static List<(string Encoding, string Suffix)> LaidBeside(PathString path, StaticFileOptions files)
    {
        // Most calls ask for no file: they shall not wait for a disk.
        if (!path.StartsWithSegments(files.RequestPath, StringComparison.OrdinalIgnoreCase, out var asked) || asked.Value is not { } name || !Path.HasExtension(name) || KindOf(name) is not null) return [];
        return [.. Kinds.Where(kind => files.FileProvider!.GetFileInfo(name + kind.Suffix).Exists)];
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
