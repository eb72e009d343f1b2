using System.Diagnostics;
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

    /// <summary>Opens a socket per token, one after the other over that time and none waiting for another, each with a member made for it; waits until every one has the state.</summary>
    public async Task ComeAsync(Uri server, IReadOnlyList<string> tokens, TimeSpan over, Func<int, RawMember> make, Action<int>? joined = null)
    {
        var from = Stopwatch.GetTimestamp();
        var coming = new List<Task>();
        for (var i = 0; i < tokens.Count; i++)
        {
            var due = (over * i / tokens.Count) - Stopwatch.GetElapsedTime(from);
            if (due > TimeSpan.FromMilliseconds(1)) await Task.Delay(due);
            coming.Add(OneAsync(i));
        }
        await Task.WhenAll(coming);

        async Task OneAsync(int i)
        {
            var member = make(i);
            Add(member);
            await member.OpenAsync(server, tokens[i], CancellationToken.None);
            await member.Joined;
            joined?.Invoke(i);
        }
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
