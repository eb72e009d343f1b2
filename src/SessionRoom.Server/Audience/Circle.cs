using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using SessionRoom.Domain;
using SessionRoom.Rooms;

namespace SessionRoom.Server;

/// <summary>The connections of one room on this node.</summary>
internal sealed class Circle(LiveRoom first, ServerMeters meters, TimeProvider time)
{
    private static readonly TimeSpan Collecting = TimeSpan.FromSeconds(0.2);

    private readonly Lock gate = new();
    private int asked;
    private readonly Roster listeners = new(), showing = new();
    private bool closed;
    private volatile LiveRoom room = first;
    // A room in which nothing happens does not keep its state as text too.
    private volatile WeakReference<Served>? served;

    public string RoomId => room.Id;

    /// <summary>Adds the listener, or does nothing and returns false because the circle was given up meanwhile.</summary>
    public bool TryEnter(Listener listener, LiveRoom current)
    {
        lock (gate)
        {
            if (closed) return false;
            if (current.Current.Position.Seq >= room.Current.Position.Seq || current.Current.Position.Epoch != room.Current.Position.Epoch) room = current;
            listeners.Add(listener);
            return true;
        }
    }

    /// <summary>Removes the listener. True when nobody is left, and the circle is given up.</summary>
    public bool Leave(Listener listener)
    {
        lock (gate)
        {
            listeners.Remove(listener);
            showing.Remove(listener);
            closed = listeners.IsEmpty;
        }
        if (!closed && listener.Presence.Leave() is { } farewell) Show(farewell, except: listener);
        return closed;
    }

    /// <summary>Takes what a connection shows of itself, and relays of it what may be.</summary>
    public async Task ShowAsync(Listener from, byte[] message, LiveRoom current, CancellationToken cancel)
    {
        lock (gate)
            if (listeners.Contains(from)) showing.Add(from);
        if (await from.Presence.TakeAsync(message, current, cancel) is { } stamped) Show(stamped, except: from);
    }

    /// <summary>Relays an awareness message to those who follow the board, on all nodes.</summary>
    private void Show(byte[] message, Listener except)
    {
        ShowHere(message, except);
        room.Tell(PassingKind.Awareness, message);
    }

    /// <summary>Awareness of another node, or its question who is shown here: whoever asks within a moment is answered with the others.</summary>
    public void Hear(PassingNews awareness)
    {
        if (awareness.Kind == PassingKind.Awareness) ShowHere(Bytes(awareness.Bytes), null);
        else if (Interlocked.Exchange(ref asked, 1) == 0) _ = TellWhoIsHereAsync();
    }

    private async Task TellWhoIsHereAsync()
    {
        await Task.Delay(Collecting, time);
        Volatile.Write(ref asked, 0);
        if (Presence.Of(Showing.Select(listener => listener.Presence)) is { } shown) room.Tell(PassingKind.Awareness, shown);
    }

    private void ShowHere(byte[] message, Listener? except)
    {
        var (everybody, state, frame) = (Everybody, room.Current.State, new SharedFrame(new InvocationMessage(Calls.Awareness, [message])));
        foreach (var listener in everybody)
            if (listener != except && listener.FollowsBoard && state.HasAgreed(listener.Token.Pid)) listener.OfferPassing(frame);
    }

    // How many may be sent a whole board at once: each holds one in its pipe.
    private SemaphoreSlim Wholes { get; } = new(16);

    /// <summary>Waits for one's turn to be sent a whole board; it ends with what is returned.</summary>
    public async Task<IDisposable> TakeTurnAsync()
    {
        await Wholes.WaitAsync();
        return new Turn(Wholes);
    }

    private sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        public void Dispose() => turns.Release();
    }

    /// <summary>Shows a newcomer who is on the board.</summary>
    public Task GreetAsync(Listener newcomer)
    {
        room.Tell(PassingKind.AwarenessAsked, default);
        return Presence.Of(Showing.Where(listener => listener != newcomer).Select(listener => listener.Presence)) is { } message
            ? newcomer.WriteAsync(new InvocationMessage(Calls.Awareness, [message]))
            : Task.CompletedTask;
    }

    private ImmutableArray<Listener> Everybody
    {
        get { lock (gate) return listeners.All; }
    }

    private ImmutableArray<Listener> Showing
    {
        get { lock (gate) return showing.All; }
    }

    /// <summary>Everybody, who is no longer part of it: the room is gone.</summary>
    public ImmutableArray<Listener> Close()
    {
        lock (gate)
        {
            closed = true;
            var all = listeners.All;
            listeners.Clear();
            showing.Clear();
            return all;
        }
    }

    public void PublishBoard(LiveRoom current, BoardStep step)
    {
        ImmutableArray<Listener> everybody;
        lock (gate) (room, everybody) = (current, listeners.All);
        SharedFrame? frame = null;
        var (state, sent) = (current.Current.State, 0);
        foreach (var listener in everybody)
        {
            if (!listener.FollowsBoard || !state.HasAgreed(listener.Token.Pid)) continue;
            if (listener.OfferBoard(step.Step, listener == step.Origin ? null : frame ??= new(new InvocationMessage(Calls.Board, [new BoardFrame(step.N, Bytes(step.Update))])))) sent++;
        }
        if (sent > 0) meters.BoardFramesSent.Add(sent);
    }

    public void BoardBegan(LiveRoom current, long step)
    {
        ImmutableArray<Listener> everybody;
        lock (gate) (room, everybody) = (current, listeners.All);
        var state = current.Current.State;
        foreach (var listener in everybody)
            if (listener.FollowsBoard && state.HasAgreed(listener.Token.Pid)) listener.RenewBoard(step);
    }

    /// <summary>The room goes on under another epoch.</summary>
    public void Begin(LiveRoom current, long step)
    {
        ImmutableArray<Listener> everybody;
        lock (gate) (room, everybody) = (current, listeners.All);
        foreach (var listener in everybody) listener.Begin(step);
    }

    public void Publish(LiveRoom current, RoomPatch patch)
    {
        ImmutableArray<Listener> everybody;
        lock (gate) (room, everybody) = (current, listeners.All);
        SharedFrame? frame = null;
        var (seq, removed, sent) = (patch.Position.Seq, patch.Before.Removed != patch.After.Removed, 0);
        foreach (var listener in everybody)
        {
            var pid = listener.Token.Pid;
            if (removed && patch.After.Removed.Contains(pid)) listener.Dismiss(ByeReasons.Removed);
            else if (patch.Before.HasAgreed(pid) && patch.After.HasAgreed(pid)) sent += listener.Offer(seq, frame ??= Frame(patch), withAnswer: listener == patch.Origin) ? 1 : 0;
            else if (patch.After.HasAgreed(pid) || SeesAnother(patch, pid)) listener.Renew(seq);
        }
        if (sent > 0) meters.PatchesSent.Add(sent);
    }

    /// <summary>What this person may see of the room as it was then.</summary>
    public (ResyncFrame Frame, SharedState State) Resync(string pid, RoomSnapshot now)
    {
        var state = StateFor(now, pid);
        return (new(now.Position.Epoch, now.Position.Seq, time.GetUtcNow().ToUnixTimeMilliseconds(), state.Json), state);
    }

    /// <summary>What somebody lacks of the board.</summary>
    /// <exception cref="RoomLogException">The board cannot be read.</exception>
    public Task<BoardAnswer> ReadBoardAsync(BoardAsk ask, CancellationToken cancel) => room.ReadBoardAsync(ask, cancel);

    /// <summary>The CRDT bytes as an array of their own, without a copy where they are one.</summary>
    public static byte[] Bytes(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var part) && part.Offset == 0 && part.Count == part.Array!.Length ? part.Array : bytes.ToArray();

    public RoomSnapshot Snapshot => room.Current;

    /// <summary>The state for one person. The whole room is written once per step, for all who get it then.</summary>
    public SharedState StateFor(RoomSnapshot snapshot, string pid)
    {
        if (!snapshot.State.HasAgreed(pid)) return new(States.For(snapshot.State, pid));
        if (served?.TryGetTarget(out var known) is true && ReferenceEquals(known.Snapshot, snapshot)) return known.State;
        var fresh = new Served(snapshot, new(States.Of(snapshot.State)));
        served = new(fresh);
        return fresh.State;
    }

    private static SharedFrame Frame(RoomPatch patch) =>
        new(new InvocationMessage(Calls.Patch, [new PatchFrame(patch.Position.Seq, patch.At, States.Events(patch.Events), patch.Patch)]));

    // Of a room that they may not see yet, people see its title, its agreement and themselves.
    private static bool SeesAnother(RoomPatch patch, string pid)
    {
        if (patch.Before.HasAgreed(pid)) return true;
        if (patch.Before.Session == patch.After.Session && patch.Before.People == patch.After.People && patch.Before.Queue == patch.After.Queue) return false;
        var (before, after) = (RoomView.For(patch.Before, pid), RoomView.For(patch.After, pid));
        return before.Room != after.Room || before.People.GetValueOrDefault(pid) != after.People.GetValueOrDefault(pid);
    }

    private sealed record Served(RoomSnapshot Snapshot, SharedState State);
}

/// <summary>Domain values as the JSON that travels.</summary>
internal static class States
{
    [ThreadStatic]
    private static JsonDraft? drafts;

    public static JsonElement Of(RoomState room) => Written(RoomView.Of(room));

    public static JsonElement For(RoomState room, string pid) => Written(RoomView.For(room, pid));

    public static JsonElement Events(ImmutableArray<RoomEvent> events)
    {
        var draft = drafts ??= new();
        var writer = draft.Begin();
        writer.WriteStartArray();
        foreach (var @event in events) JsonSerializer.Serialize(writer, @event, RoomJson.Default.RoomEvent);
        writer.WriteEndArray();
        return JsonElement.Parse(draft.End());
    }

    // A state travels as it is written here: letters as letters, for no page is made of it.
    private static JsonElement Written(RoomView view)
    {
        var draft = drafts ??= new();
        JsonSerializer.Serialize(draft.Begin(), view, RoomJson.Default.RoomView);
        return JsonElement.Parse(draft.End());
    }
}
