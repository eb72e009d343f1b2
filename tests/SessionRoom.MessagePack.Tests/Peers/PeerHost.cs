using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SessionRoom.MessagePack.Tests.Peers;

/// <summary>A real server on a free loopback port, behind a relay that can cut it off, with the page for browsers.</summary>
public sealed class PeerHost : IAsyncLifetime
{
    private readonly Relay _relay = new();
    private WebApplication? _app;

    public string Address => $"http://127.0.0.1:{_relay.Port}";

    public static Action<JsonSerializerOptions> Contracts { get; } = options =>
    {
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
    };

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<PeerWitness>();
        builder.Services.AddSingleton(_relay);
        builder.Services
            .AddSignalR(options =>
            {
                options.MaximumReceiveMessageSize = 4 * 1024 * 1024;
                options.MaximumParallelInvocationsPerClient = 4;
            })
            .AddHubOptions<QuickHub>(options =>
            {
                options.KeepAliveInterval = TimeSpan.FromMilliseconds(500);
                options.ClientTimeoutInterval = TimeSpan.FromSeconds(4);
            })
            .AddJsonProtocol(options => Contracts(options.PayloadSerializerOptions))
            .AddMessagePackProtocol();
        _app = builder.Build();
        _app.MapHub<PeerHub>("/hub", options => options.AllowStatefulReconnects = true);
        _app.MapHub<QuickHub>("/quick");
        foreach (var (path, file) in PeerFiles.Scripts) _app.MapGet(path, () => Results.File(file, "text/javascript"));
        _app.MapGet("/page", () => Results.Content(
            """<!doctype html><title>peer</title><script src="/signalr.js"></script><script src="/msgpack.js"></script>""", "text/html"));
        await _app.StartAsync();
        _relay.Start(new Uri(_app.Urls.First()).Port);
    }

    public async Task DisposeAsync()
    {
        await _relay.DisposeAsync();
        await _app!.DisposeAsync();
    }

    /// <summary>The same wire in a hurry: pings every half second, four seconds of patience.</summary>
    public sealed class QuickHub : Hub
    {
        public int Add(int a, int b) => a + b;
    }
}
