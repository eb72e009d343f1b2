using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace SessionRoom.Server.Tests;

public sealed class ElementFilesTests : IAsyncLifetime, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("session-room-element-");
    private WebApplication app = null!;
    private HttpClient http = null!;

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(folder.FullName, "chunks"));
        foreach (var name in new[] { "session-room.js", "chunks/board-Dk3x_Q9a.js", "chunks/some-readable.js" }) await File.WriteAllTextAsync(Path.Combine(folder.FullName, name), "export {}");
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        ElementFiles.Map(app, folder.FullName);
        await app.StartAsync();
        http = new() { BaseAddress = new(app.Urls.Single()) };
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
}
