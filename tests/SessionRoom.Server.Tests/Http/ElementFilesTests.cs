using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace SessionRoom.Server.Tests;

public sealed class ElementFilesTests : IAsyncLifetime, IDisposable
{
    private static readonly string Script = $"export {{}} // {new string('x', 2_000)}";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("session-room-element-");
    private WebApplication app = null!;
    private HttpClient http = null!;

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(folder.FullName, "chunks"));
        foreach (var name in new[] { "session-room.js", "chunks/board-Dk3x_Q9a.js", "chunks/some-readable.js" }) await File.WriteAllTextAsync(Path.Combine(folder.FullName, name), Script);
        foreach (var name in new[] { "session-room.js", "chunks/board-Dk3x_Q9a.js" })
        {
            await LayAsync(name + ".br", file => new BrotliStream(file, CompressionLevel.SmallestSize));
            await LayAsync(name + ".gz", file => new GZipStream(file, CompressionLevel.SmallestSize));
        }
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        ElementFiles.Map(app, folder.FullName);
        await app.StartAsync();
        http = new() { BaseAddress = new(app.Urls.Single()) };
    }

    private async Task LayAsync(string name, Func<Stream, Stream> compressed)
    {
        await using var text = compressed(File.Create(Path.Combine(folder.FullName, name)));
        await text.WriteAsync(Encoding.UTF8.GetBytes(Script));
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        folder.Delete(recursive: true);
    }

    public void Dispose() => http.Dispose();

    [Theory]
    [InlineData("session-room.js", "no-cache")]
    [InlineData("chunks/some-readable.js", "no-cache")]
    [InlineData("chunks/board-Dk3x_Q9a.js", "public, max-age=31536000, immutable")]
    public async Task pages_of_any_site_may_load_the_element_and_keep_what_is_named_after_its_content(string name, string caching)
    {
        using var file = await http.GetAsync($"/element/{name}");
        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        Assert.Equal("*", file.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("cross-origin", file.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        Assert.Equal(caching, string.Join(", ", file.Headers.GetValues("Cache-Control")));
        Assert.Equal("text/javascript", file.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task the_elements_own_file_is_asked_for_again_and_sent_only_when_it_is_another()
    {
        using var first = await http.GetAsync("/element/session-room.js");
        using var again = new HttpRequestMessage(HttpMethod.Get, "/element/session-room.js");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var same = await http.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Equal("*", same.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Theory]
    [InlineData("session-room.js", "gzip, deflate, br", "br", "no-cache")]
    [InlineData("session-room.js", "gzip, deflate", "gzip", "no-cache")]
    [InlineData("session-room.js", "gzip;q=0.5, br;q=0", "gzip", "no-cache")]
    [InlineData("session-room.js", "identity", null, "no-cache")]
    [InlineData("session-room.js", null, null, "no-cache")]
    [InlineData("chunks/board-Dk3x_Q9a.js", "br", "br", "public, max-age=31536000, immutable")]
    [InlineData("chunks/board-Dk3x_Q9a.js", "gzip", "gzip", "public, max-age=31536000, immutable")]
    public async Task the_element_comes_as_the_build_compressed_it_in_what_the_browser_takes(string name, string? taken, string? encoding, string caching)
    {
        using var file = await AskAsync(HttpMethod.Get, name, taken);
        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        Assert.Equal(encoding, file.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal(new FileInfo(Path.Combine(folder.FullName, name + encoding switch { "br" => ".br", "gzip" => ".gz", _ => "" })).Length, file.Content.Headers.ContentLength);
        Assert.Equal(Script, await TextAsync(file));
        Assert.Equal("Accept-Encoding", file.Headers.GetValues("Vary").Single());
        Assert.Equal("*", file.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("cross-origin", file.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        Assert.Equal(caching, string.Join(", ", file.Headers.GetValues("Cache-Control")));
        Assert.Equal("text/javascript", file.Content.Headers.ContentType?.MediaType);
        using var head = await AskAsync(HttpMethod.Head, name, taken);
        Assert.Equal((encoding, file.Content.Headers.ContentLength), (head.Content.Headers.ContentEncoding.SingleOrDefault(), head.Content.Headers.ContentLength));
    }

    [Fact]
    public async Task what_the_build_did_not_compress_comes_as_it_is_and_is_the_same_for_everybody()
    {
        using var file = await AskAsync(HttpMethod.Get, "chunks/some-readable.js", "gzip, deflate, br");
        Assert.Empty(file.Content.Headers.ContentEncoding);
        Assert.Equal(Script, await file.Content.ReadAsStringAsync());
        Assert.False(file.Headers.Contains("Vary"));
    }

    [Fact]
    public async Task a_copy_in_one_encoding_is_not_taken_for_the_one_in_another()
    {
        using var brotli = await AskAsync(HttpMethod.Get, "session-room.js", "br");
        using var same = await AskAsync(HttpMethod.Get, "session-room.js", "br", brotli.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Equal("Accept-Encoding", same.Headers.GetValues("Vary").Single());
        using var other = await AskAsync(HttpMethod.Get, "session-room.js", "identity", brotli.Headers.ETag);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal(Script, await TextAsync(other));
    }

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string name, string? taken, EntityTagHeaderValue? known = null)
    {
        using var request = new HttpRequestMessage(method, $"/element/{name}");
        if (taken is not null) request.Headers.TryAddWithoutValidation("Accept-Encoding", taken);
        if (known is not null) request.Headers.IfNoneMatch.Add(known);
        return await http.SendAsync(request);
    }

    private static async Task<string> TextAsync(HttpResponseMessage file)
    {
        var body = await file.Content.ReadAsStreamAsync();
        await using var text = file.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        };
        return await new StreamReader(text).ReadToEndAsync();
    }
}
