using System.Net.WebSockets;
using System.Security.Cryptography;
using SessionRoom.Client;

namespace SessionRoom.LoadTests.Fleet;

/// <summary>Server processes that share one Redis and one signing key, and what a proxy before them does: it opens a socket on one that takes it.</summary>
public sealed class Nodes : IAsyncDisposable
{
    private readonly List<ServerProcess> _servers = [];
    private readonly List<HttpClient> _http = [];
    private int _turn;

    private Nodes()
    {
    }

    public int Count => _servers.Count;

    /// <summary>The nodes that listen now.</summary>
    public IReadOnlyList<int> Living => [.. Enumerable.Range(0, Count).Where(node => _servers[node].Runs)];

    public IReadOnlyList<Uri> Addresses => [.. _servers.Select(server => server.Address)];

    /// <summary>The HTTP calls of each node.</summary>
    public IReadOnlyList<RoomApi> Apis => [.. _http.Select(http => new RoomApi(http))];

    public ServerProcess this[int node] => _servers[node];

    /// <param name="redis">What they share; one node can do without.</param>
    /// <param name="count">How many.</param>
    /// <param name="more">Further environment variables of each.</param>
    public static async Task<Nodes> StartAsync(RedisProcess? redis, int count, IReadOnlyDictionary<string, string>? more = null)
    {
        if (redis is null && count != 1) throw new ArgumentException("nodes without a Redis share nothing", nameof(redis));
        var settings = new Dictionary<string, string>(more ?? new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.Ordinal)
        {
            ["SessionRoom__SigningKey"] = Convert.ToHexString(RandomNumberGenerator.GetBytes(32)),
        };
        if (redis is not null) settings["SessionRoom__Redis"] = redis.Address;
        var nodes = new Nodes();
        var starts = Enumerable.Range(0, count).Select(_ => ServerProcess.StartAsync(settings)).ToList();
        try
        {
            nodes._servers.AddRange(await Task.WhenAll(starts));
            nodes._http.AddRange(nodes._servers.Select(server => new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(30) }));
            return nodes;
        }
        catch
        {
            foreach (var start in starts.Where(start => start.IsCompletedSuccessfully)) await (await start).DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens the hub's socket on this node, or on the next that takes it: those that are known to be down are passed over, as are those that turn out to be.</summary>
    /// <param name="only">The only node that will do; any by default, each in its turn.</param>
    /// <exception cref="WebSocketException">None does.</exception>
    public async Task<(int Node, WebSocket Socket)> OpenAsync(Uri hub, string token, int? only, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(hub);
        var living = Living;
        if (only is { } wanted) living = [wanted];
        var first = Interlocked.Increment(ref _turn) & int.MaxValue;
        for (var i = 0; i < living.Count; i++)
        {
            var node = living[(first + i) % living.Count];
            var socket = new ClientWebSocket();
            try
            {
                socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
                await socket.ConnectAsync(new UriBuilder(new Uri(_servers[node].Address, hub.PathAndQuery)) { Scheme = hub.Scheme }.Uri, cancel);
                return (node, socket);
            }
            catch (WebSocketException) when (i < living.Count - 1)
            {
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
        throw new WebSocketException("no node takes connections");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var http in _http) http.Dispose();
        foreach (var server in _servers) await server.DisposeAsync();
    }
}
