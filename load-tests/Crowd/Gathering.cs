using System.Text.Json;
using System.Text.Json.Nodes;
using SessionRoom.Client;
using SessionRoom.Client.State;

namespace SessionRoom.LoadTests.Crowd;

/// <summary>Many raw members of one room: they come, they say now and then that they are alive, they go.</summary>
internal sealed class Gathering : IAsyncDisposable
{
    // The framework closes a connection that says nothing for 30 seconds.
    private static readonly TimeSpan Alive = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stop = new();
    private readonly List<RawMember> _members = [];
    private readonly Task _pinging;

    public Gathering() => _pinging = PingAsync();

    public IReadOnlyList<RawMember> Members => _members;

    /// <summary>Takes an invite up as often as asked, so many at a time.</summary>
    public static async Task<string[]> TokensAsync(HttpClient http, RoomMade room, string role, int count, int atOnce = 16)
    {
        var (api, tokens) = (new RoomApi(http), new string[count]);
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (i, cancel) =>
            tokens[i] = (await api.JoinAsync(room.Id, room.Invite(role), $"{role} {i}", cancel: cancel)).Token);
        return tokens;
    }

    public void Add(RawMember member)
    {
        lock (_members) _members.Add(member);
    }

    /// <summary>Opens a socket per token, so many at a time, each with a member made for it, and waits until every one has the state.</summary>
    public async Task ComeAsync(Uri server, IReadOnlyList<string> tokens, Func<int, RawMember> make, Action<int>? joined = null, int atOnce = 32)
    {
        await Parallel.ForAsync(0, tokens.Count, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (i, cancel) =>
        {
            var member = make(i);
            Add(member);
            await member.OpenAsync(server, tokens[i], cancel);
            await member.Joined.WaitAsync(cancel);
            joined?.Invoke(i);
        });
    }

    /// <summary>The state that a member's kept frames fold to, by the client's own fold.</summary>
    public static RoomSnapshot Fold(RawMember member)
    {
        var fold = new RoomFold();
        foreach (var frame in member.Kept)
        {
            var message = JsonElement.Parse(frame);
            var body = message.TryGetProperty("result", out var result) ? result : message.GetProperty("arguments")[0];
            if (body.TryGetProperty("patch", out var patch)) fold.Take(new(body.GetProperty("seq").GetInt64(), 0, default, patch));
            else fold.Begin(body.GetProperty("epoch").GetString()!, body.GetProperty("seq").GetInt64(), body.GetProperty("state"));
        }
        return fold.Follows ? fold.Snapshot : new("", -1, new JsonObject());
    }

    private async Task PingAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(Alive);
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                RawMember[] present;
                lock (_members) present = [.. _members];
                foreach (var member in present.Where(member => !member.Ended.IsCompleted && member.Joined.IsCompletedSuccessfully))
                    await member.PingAsync(_stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or System.Net.WebSockets.WebSocketException or ObjectDisposedException)
        {
            // Over: whoever ended is seen by what they did not receive.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _pinging;
        await Task.WhenAll(_members.Select(member => member.DisposeAsync().AsTask()));
        _stop.Dispose();
    }
}
