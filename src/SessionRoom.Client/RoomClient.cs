using System.Text.Json.Nodes;
using SessionRoom.Client.Connection;
using SessionRoom.Client.State;

namespace SessionRoom.Client;

/// <summary>Somebody in a room: its state as it changes, its clock, and commands that survive a lost connection.</summary>
/// <remarks>Safe for concurrent use. It reconnects for as long as the server lets it in; a command that waits for an answer is sent again under the same id.</remarks>
public sealed partial class RoomClient : IAsyncDisposable
{
    private readonly RoomClientOptions _options;
    private readonly RoomFold _fold = new();
    private readonly UnansweredCommands _unanswered = new();
    private readonly List<Waiter> _waiters = [];
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _run = Task.CompletedTask;

    private RoomClient(RoomClientOptions options)
    {
        _options = options;
        Clock = new ServerClock(options.Time);
        if (options.Board) Board = new RoomBoard(_gate, options, () => _fold.Seq, connection => _ = FollowOrDropAsync(connection), _stop.Token);
    }

    public RoomStatus Status { get; private set; }

    /// <summary>The caller's participant id.</summary>
    public string You { get; private set; } = "";

    public ServerClock Clock { get; }

    /// <summary>The room's board; null without <see cref="RoomClientOptions.Board"/>.</summary>
    public RoomBoard? Board { get; }

    /// <summary>The room as far as this client followed it. While reconnecting it is the last known state.</summary>
    public RoomSnapshot Current
    {
        get { lock (_gate) return _fold.Snapshot; }
    }

    /// <summary>What the room's timer shows now by the server's clock, negative in overtime; null without a timer.</summary>
    public TimeSpan? TimeLeft => Current.Timer.Left(Clock.Now);

    /// <summary>Joins the room. Keeps trying while the server cannot be reached, until <paramref name="cancel"/> is cancelled.</summary>
    /// <exception cref="RoomRefusedException">The server does not take the token, or knows no such room.</exception>
    /// <exception cref="RoomEndedException">The server said a final <c>bye</c>.</exception>
    public static async Task<RoomClient> ConnectAsync(RoomClientOptions options, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var client = new RoomClient(options);
        client._run = Task.Run(client.RunAsync, CancellationToken.None);
        try
        {
            await client._arrived.Task.WaitAsync(cancel);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a command and waits for its answer, across as many connections as it takes. Where the server answers <c>unavailable</c> it is sent again,
    /// under the same id and after a wait that doubles, until it is decided.</summary>
    /// <param name="type">A command's wire name, such as <c>hand.raise</c>.</param>
    /// <param name="fields">Its fields, as the protocol names them.</param>
    /// <param name="id">The command's id; a new one by default.</param>
    /// <param name="cancel">Stops waiting. The command may still take effect.</param>
    /// <exception cref="RoomEndedException">The client ended before an answer came.</exception>
    public async Task<Ack> DoAsync(string type, JsonObject? fields = null, string? id = null, CancellationToken cancel = default)
    {
        id ??= Guid.NewGuid().ToString("n");
        var body = (JsonObject?)fields?.DeepClone() ?? [];
        (body["type"], body["id"]) = (type, id);
        var command = new UnansweredCommand(id, body, new Backoff(_options.FirstWait, _options.LongestWait, Random.Shared));
        RoomConnection? live;
        lock (_gate)
        {
            _unanswered.Add(command);
            live = _live;
        }
        try
        {
            if (live is not null) _ = SendAsync(live, command);
            return await command.Answer.WaitAsync(cancel);
        }
        finally
        {
            _unanswered.Remove(command);
            command.Abandon();
        }
    }

    /// <summary>Waits until the room's state is as wanted; answers the first state that is.</summary>
    /// <param name="wanted">Asked for every state, one after the other; must not block.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <exception cref="RoomEndedException">The client ended before that.</exception>
    public async Task<RoomSnapshot> WaitForAsync(Func<RoomSnapshot, bool> wanted, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var waiter = new Waiter(wanted);
        lock (_gate)
        {
            _waiters.Add(waiter);
            if (Status == RoomStatus.Ended) waiter.Met.TrySetException(_ending!);
            else waiter.Look(_fold.Snapshot);
        }
        try
        {
            return await waiter.Met.Task.WaitAsync(cancel);
        }
        finally
        {
            lock (_gate) _waiters.Remove(waiter);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        End(new RoomEndedException("disposed"), null);
    }

    private sealed record Waiter(Func<RoomSnapshot, bool> Wanted)
    {
        public TaskCompletionSource<RoomSnapshot> Met { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Look(RoomSnapshot snapshot)
        {
            try
            {
                if (!Met.Task.IsCompleted && Wanted(snapshot)) Met.TrySetResult(snapshot);
            }
            catch (Exception e)
            {
                Met.TrySetException(e);
            }
        }
    }
}
