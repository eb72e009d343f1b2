using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SessionRoom.LoadTests.Peers;

/// <summary>The .NET servers that ours is measured beside: bare WebSockets on Kestrel, and a plain SignalR hub with groups. Neither decides, stores or limits anything.</summary>
internal static class PeerRooms
{
    /// <summary>Serves both until it is told to end; says where it listens as every ASP.NET application does.</summary>
    /// <param name="tell">Whether the others are told who came.</param>
    public static async Task ServeAsync(bool tell)
    {
        // The web SDK's settings are the environment's: this program is started with them.
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        builder.Services.AddSignalR();
        builder.Services.AddSingleton(new People(tell));
        await using var app = builder.Build();
        app.UseWebSockets();
        app.MapHub<PlainHub>("/hub", options => options.Transports = HttpTransportType.WebSockets);
        app.Map("/raw", RawAsync);
        await app.RunAsync();
    }

    private static readonly ConcurrentDictionary<string, RawRoom> Rooms = new(StringComparer.Ordinal);

    private static async Task RawAsync(HttpContext http)
    {
        var (name, people) = (http.Request.Query["name"].ToString(), http.RequestServices.GetRequiredService<People>());
        var room = Rooms.GetOrAdd(http.Request.Query["room"].ToString(), _ => new());
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        await room.EnterAsync(socket, people.Come(http.Request.Query["room"].ToString(), name).ToJsonString());
        if (people.Tells) await room.SendAsync(Encoding.UTF8.GetBytes(People.Came(name).ToJsonString()));
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                var held = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await socket.ReceiveAsync(buffer.AsMemory(held), http.RequestAborted);
                    held += part.Count;
                }
                while (!part.EndOfMessage);
                if (part.MessageType == WebSocketMessageType.Close) return;
                await room.SendAsync(buffer.AsMemory(0, held));
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // They left.
        }
        finally
        {
            room.Leave(socket);
        }
    }

    /// <summary>The same bytes to each socket, one after the other: the least that a fan-out takes on this server.</summary>
    private sealed class RawRoom : IDisposable
    {
        private readonly SemaphoreSlim _sending = new(1);
        private WebSocket[] _sockets = [];

        public async Task EnterAsync(WebSocket socket, string state)
        {
            await _sending.WaitAsync();
            try
            {
                _sockets = [.. _sockets, socket];
                await socket.SendAsync(Encoding.UTF8.GetBytes(state), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            }
            finally
            {
                _sending.Release();
            }
        }

        public void Leave(WebSocket socket)
        {
            _sending.Wait();
            _sockets = [.. _sockets.Where(other => other != socket)];
            _sending.Release();
        }

        public async ValueTask SendAsync(ReadOnlyMemory<byte> message)
        {
            await _sending.WaitAsync();
            try
            {
                List<Task>? waiting = null;
                foreach (var socket in _sockets)
                {
                    if (socket.State != WebSocketState.Open) continue;
                    var sent = socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
                    if (!sent.IsCompletedSuccessfully) (waiting ??= []).Add(sent.AsTask());
                }
                if (waiting is not null) await Task.WhenAll(waiting);
            }
            catch (WebSocketException)
            {
                // Whoever left is taken out where they are read.
            }
            finally
            {
                _sending.Release();
            }
        }

        public void Dispose() => _sending.Dispose();
    }
}

/// <summary>Who is in which room: what a newcomer gets.</summary>
internal sealed class People(bool tells)
{
    private readonly ConcurrentDictionary<string, ImmutableDictionary<string, string>> _rooms = new(StringComparer.Ordinal);

    public bool Tells => tells;

    /// <summary>The room's state with the newcomer in it; only the newcomer where nobody is told who came.</summary>
    public JsonObject Come(string room, string name)
    {
        var people = !tells ? ImmutableDictionary<string, string>.Empty.Add(name, name)
            : _rooms.AddOrUpdate(room, _ => ImmutableDictionary<string, string>.Empty.Add(name, name), (_, here) => here.SetItem(name, name));
        return new() { ["people"] = new JsonObject(people.Keys.Select(pid => KeyValuePair.Create<string, JsonNode?>(pid, Person(pid)))) };
    }

    public static JsonObject Came(string name) => new() { ["patch"] = new JsonObject { ["people"] = new JsonObject { [name] = Person(name) } } };

    private static JsonObject Person(string name) =>
        new() { ["name"] = name, ["role"] = "member", ["place"] = "remote", ["online"] = true, ["agreed"] = true, ["turns"] = 0, ["talkMs"] = 0 };
}

/// <summary>As SignalR's documentation shows groups.</summary>
internal sealed class PlainHub(People people) : Hub
{
    public async Task<JsonObject> Join(string room, string name)
    {
        await Groups.AddToGroupAsync(Context.ConnectionId, room);
        var state = people.Come(room, name);
        if (people.Tells) await Clients.OthersInGroup(room).SendAsync("came", People.Came(name));
        return state;
    }

    public Task Change(string room, JsonElement patch) => Clients.Group(room).SendAsync("patch", patch);
}
