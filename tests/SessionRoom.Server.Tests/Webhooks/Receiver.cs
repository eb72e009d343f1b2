using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace SessionRoom.Server.Tests;

/// <summary>What came in: <paramref name="IsSigned"/> by the receiver's own reckoning.</summary>
internal sealed record Delivery(string Id, string Type, JsonNode Body, string Text, IReadOnlyDictionary<string, string> Headers, bool IsSigned)
{
    public string Cursor => (string)Body["cursor"]!;
    public string Room => (string)Body["room"]!;
    public JsonNode Data => Body["data"]!;
}

/// <summary>An integrator's receiver on a loopback port: checks signatures by itself, keeps what it is sent, and answers as the test says.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(number => (byte)number)];
    public static readonly string Secret = $"whsec_{Convert.ToBase64String(Key)}";

    private readonly WebApplication app;
    private readonly Channel<Delivery> came = Channel.CreateUnbounded<Delivery>();

    private Receiver(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.Single());

    /// <summary>204 by default.</summary>
    public Func<Delivery, HttpContext, Task> Answer { get; set; } = Status(204);

    public ConcurrentQueue<Delivery> All { get; } = new();

    public (string, object)[] Settings =>
    [
        ("ApiKeys:0:Webhook:Url", new Uri(Address, "/hooks")), ("ApiKeys:0:Webhook:Secret", Secret),
        ("Webhooks:FirstRetry", "00:00:00.020"), ("Webhooks:LongestRetry", "00:00:00.200"), ("Webhooks:Quiet", "00:00:00.050"), ("Webhooks:LongestQuiet", "00:00:00.500"),
        ("Webhooks:GatherEvery", "00:00:00.200"), ("Webhooks:Timeout", "00:00:01"), ("Webhooks:Lease", "00:00:02"),
    ];

    public Dictionary<string, string> Environment => new(Settings.Select(set => KeyValuePair.Create($"SessionRoom__{set.Item1.Replace(":", "__", StringComparison.Ordinal)}", FormattableString.Invariant($"{set.Item2}"))), StringComparer.Ordinal)
    {
        ["SessionRoom__ApiKeys__0__Id"] = "school", ["SessionRoom__ApiKeys__0__Secret"] = RunningServer.SchoolSecret,
    };

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["urls"] = "http://127.0.0.1:0" });
        builder.Logging.ClearProviders();
        var built = builder.Build();
        var receiver = new Receiver(built);
        built.Run(receiver.TakeAsync);
        await built.StartAsync();
        return receiver;
    }

    public static Func<Delivery, HttpContext, Task> Status(int status) => (_, http) =>
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    /// <summary>The next one of this kind; others are passed over.</summary>
    public async Task<Delivery> NextAsync(string type, Func<Delivery, bool>? that = null)
    {
        using var deadline = new CancellationTokenSource(HubSocket.Patience);
        try
        {
            await foreach (var delivery in came.Reader.ReadAllAsync(deadline.Token))
                if (delivery.Type == type && (that is null || that(delivery))) return delivery;
        }
        catch (OperationCanceledException) { }
        throw new TimeoutException($"no {type}; came: {string.Join(' ', All.Select(delivery => delivery.Type))}");
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(http.RequestAborted);
        var body = JsonNode.Parse(text)!;
        var headers = http.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString(), StringComparer.Ordinal);
        var signed = $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes($"{headers["webhook-id"]}.{headers["webhook-timestamp"]}.{text}")))}";
        var delivery = new Delivery(headers["webhook-id"], (string)body["type"]!, body, text, headers, headers["webhook-signature"] == signed && headers["webhook-id"] == (string?)body["id"]);
        All.Enqueue(delivery);
        await Answer(delivery, http);
        came.Writer.TryWrite(delivery);
    }
}
