using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SessionRoom.Rooms;

namespace SessionRoom.Server.Tests;

/// <summary>The whole server over real sockets on a free port, with a folder of its own and, unless it is told otherwise, a log in memory.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    public const string SchoolSecret = "school-secret-0123456789-abcdefghij", ClinicSecret = "clinic-secret-0123456789-abcdefghij";

    private readonly WebApplication app;

    private RunningServer(WebApplication app, DirectoryInfo folder, CapturedLogs logs) =>
        (this.app, Folder, Logs, Address, Http) = (app, folder, logs, new(Plain(app)), new() { BaseAddress = new(Plain(app)) });

    public DirectoryInfo Folder { get; }
    public CapturedLogs Logs { get; }
    public Uri Address { get; }

    /// <summary>Where it listens with TLS, if it was told to.</summary>
    public Uri SecureAddress => new(app.Urls.Single(url => url.StartsWith("https:", StringComparison.Ordinal)));
    public HttpClient Http { get; }
    public IServiceProvider Services => app.Services;
    public RoomDirectory Rooms => Services.GetRequiredService<RoomDirectory>();

    public static Task<RunningServer> StartAsync(params (string Key, object Value)[] settings) => StartAsync(new MemoryRoomLog(), settings);

    /// <summary>With the log that the settings name: SQLite in the data directory, or Redis.</summary>
    public static Task<RunningServer> StartWithItsLogAsync(params (string Key, object Value)[] settings) => StartAsync(null, settings);

    public static async Task<RunningServer> StartAsync(IRoomLog? log, params (string Key, object Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("session-room-");
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = folder.FullName, EnvironmentName = Environments.Production });
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["urls"] = "http://127.0.0.1:0",
            ["SessionRoom:DataDirectory"] = Path.Combine(folder.FullName, "data"),
            ["SessionRoom:OpenCreation"] = "true",
            ["SessionRoom:ApiKeys:0:Id"] = "school", ["SessionRoom:ApiKeys:0:Secret"] = SchoolSecret, ["SessionRoom:ApiKeys:0:Origins:0"] = "https://school.example",
            ["SessionRoom:ApiKeys:1:Id"] = "clinic", ["SessionRoom:ApiKeys:1:Secret"] = ClinicSecret,
        };
        foreach (var (key, value) in settings) values[key.StartsWith("Logging:", StringComparison.Ordinal) || key.StartsWith("Kestrel:", StringComparison.Ordinal) ? key : $"SessionRoom:{key}"] = FormattableString.Invariant($"{value}");
        builder.Configuration.AddInMemoryCollection(values);
        Defaults.AddTo(builder.Configuration);
        var logs = new CapturedLogs();
        builder.Logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Trace).AddFilter(null, LogLevel.Trace);
        if (log is not null) builder.Services.AddSingleton(log);
        builder.AddSessionRoom();
        var built = builder.Build();
        built.UseSessionRoom();
        await built.StartAsync();
        return new(built, folder, logs);
    }

    private static string Plain(WebApplication app) => app.Urls.Single(url => url.StartsWith("http:", StringComparison.Ordinal));

    public Task StopAsync() => app.StopAsync();

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? bearer = null, object? body = null, string? origin = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (bearer is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        if (origin is not null) request.Headers.Add("Origin", origin);
        if (body is not null) request.Content = body as HttpContent ?? JsonContent.Create(body);
        return await Http.SendAsync(request);
    }

    public Task<HttpResponseMessage> GetAsync(string path, string? bearer = null) => SendAsync(HttpMethod.Get, path, bearer);

    public Task<HttpResponseMessage> PostAsync(string path, object body, string? bearer = null) => SendAsync(HttpMethod.Post, path, bearer, body);

    /// <summary>A room that nobody's key owns, or the key's whose secret is given.</summary>
    public async Task<MadeRoom> MakeRoomAsync(object? body = null, string? secret = null)
    {
        var made = await (await PostAsync("/api/rooms", body ?? new { title = "Weekly" }, secret)).JsonAsync(System.Net.HttpStatusCode.Created);
        var links = made["links"]!.AsObject().ToDictionary(link => link.Key, link => ((string)link.Value!).Split("#invite=")[1], StringComparer.Ordinal);
        return new((string)made["id"]!, links);
    }

    /// <summary>Joins by the invite of that role.</summary>
    public async Task<JoinedPerson> JoinAsync(MadeRoom room, string name, string role = "member")
    {
        var joined = await (await PostAsync($"/api/rooms/{room.Id}/join", new { invite = room.Invites[role], name })).JsonAsync();
        return new((string)joined["participantId"]!, (string)joined["token"]!, room.Id);
    }

    /// <summary>A connection of that person that has joined.</summary>
    public async Task<(HubSocket Socket, JsonNode Joined)> ConnectAsync(JoinedPerson person)
    {
        var socket = await HubSocket.ConnectAsync(this, person.Token);
        return (socket, (await socket.CallAsync("Join", new { }))!);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
        Folder.Delete(recursive: true);
    }
}

internal sealed record MadeRoom(string Id, IReadOnlyDictionary<string, string> Invites);

internal sealed record JoinedPerson(string Pid, string Token, string RoomId);

internal static class Responses
{
    public static async Task<JsonObject> JsonAsync(this HttpResponseMessage response, System.Net.HttpStatusCode expected = System.Net.HttpStatusCode.OK)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            Assert.True(response.StatusCode == expected, $"{(int)response.StatusCode} instead of {(int)expected}: {text}");
            return JsonNode.Parse(text)!.AsObject();
        }
    }

    /// <summary>Asserts that the answer is problem details with this status and code.</summary>
    public static async Task RefusesAsync(this Task<HttpResponseMessage> answering, int status, string code)
    {
        using var response = await answering;
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode} instead of {status}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, (string?)JsonNode.Parse(text)!["code"]);
    }
}
