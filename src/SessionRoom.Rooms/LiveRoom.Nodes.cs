using System.Collections.Immutable;
using SessionRoom.Domain;

namespace SessionRoom.Rooms;

// Other nodes on the same log: what they append is taken in as they tell of it, or when a look finds that it was missed; the people connected to them are not gone.
// Belongs to the mailbox's reader, except Hear and Tell.
public sealed partial class LiveRoom
{
    private static readonly IReadOnlySet<string> Nobody = new HashSet<string>(StringComparer.Ordinal);

    private readonly NewsInbox? news;
    private IReadOnlySet<string> elsewhere = Nobody;
    private TimeSpan lookAt;
    private bool mustLook, boardBehind;
    private int newsWaits;

    /// <summary>Whether people who are here are to be recorded as connected again.</summary>
    private bool reconnects;

    /// <summary>Whom no node holds: at the last look, and at the one before too. Those are gone.</summary>
    private List<string> missing = [], gone = [];

    private TimeSpan missedAt;

    /// <summary>Tells the other nodes of the room something that is not stored; nothing where there are none.</summary>
    public void Tell(PassingKind kind, ReadOnlyMemory<byte> bytes) => house.Shared?.Tell(Id, new(kind, bytes));

    /// <summary>Makes the reader look at the log.</summary>
    internal void Hear(LogNews item) => news?.Add(item);

    private void WakeForNews()
    {
        if (Interlocked.Exchange(ref newsWaits, 1) == 0) inbox.Writer.TryWrite(Wake.Up);
    }

    /// <summary>A storm of other nodes' appends may take many tries; the wait before each keeps the nodes from marching in step.</summary>
    private int Retries => house.Shared is null ? FewRetries : ManyRetries;

    private Task GiveWayAsync(int attempt) => house.Shared is null || attempt < 3
        ? Task.CompletedTask
        : Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, Math.Min(1 << Math.Min(attempt, 5), 24))), CancellationToken.None);

    private async Task HearAsync()
    {
        if (house.Shared is null || deleted) return;
        Volatile.Write(ref newsWaits, 0);
        try
        {
            while (news!.TryTake(out var item))
                switch (item)
                {
                    case BatchNews batch: await HearAsync(batch); break;
                    case RecordNews record: boardBehind |= !TryTakeIn(record); break;
                    case PassingNews passing: HearPassing(passing); break;
                    case LogNews: mustLook = true; break;
                    default: throw new System.Diagnostics.UnreachableException();
                }
            mustLook |= news.LostSome() || Uptime >= lookAt;
            if (Uptime < retryAt) return;
            if (mustReload) await CatchUpAsync();
            if (mustLook && !deleted) await LookAsync([]);
            if (boardBehind && !deleted) await CatchUpBoardAsync();
        }
        catch (Exception problem)
        {
            Log.NotFollowed(house.Logger, Id, problem);
            if (problem is UnreadableRecordException) DropBoard();
            (mustReload, retryAt) = (true, Uptime + RetryAfter);
            missing.Clear();
        }
    }

    private async Task HearAsync(BatchNews batch)
    {
        var (epoch, seq) = current.Position;
        // What is to be read anyway is read with the rest.
        if (mustReload || (batch.Epoch == epoch && batch.Seq <= seq)) return;
        if (batch.Epoch != epoch) mustLook = true;
        else if (batch.Seq == seq + 1 && batch.Bytes is { } bytes) await TakeInAsync(new(epoch, null, [new(batch.Seq, bytes)], seq));
        else mustReload = true;
    }

    /// <summary>What another node decided touches what this one holds beside the state.</summary>
    private async Task HearOfAsync(ImmutableArray<RoomEvent> events)
    {
        if (house.Shared is null) return;
        reconnects |= events.Any(@event => @event is PersonDisconnected gone && here.Contains(gone.Pid));
        await TurnBoardAsync(events, own: false);
    }

    /// <summary>A snapshot led over batches that nobody can read any more.</summary>
    private async Task HearOfGapAsync(Session before)
    {
        if (house.Shared is null) return;
        reconnects = true;
        var now = current.State.Session;
        if (before.BoardEpoch != now.BoardEpoch || (before.OffRecord && !now.OffRecord))
            await TurnBoardAsync([new WentOnRecord(Kept: before.BoardEpoch == now.BoardEpoch)], own: false);
        if (now.OffRecord) board?.GoOffRecord();
    }

    /// <summary>Names the people who are here, and learns where the log stands and who is elsewhere.</summary>
    private async Task LookAsync(IReadOnlyCollection<string> arriving)
    {
        var seen = await house.Shared!.LookAsync(Id, [.. here.Union(arriving, StringComparer.Ordinal)], CancellationToken.None);
        (mustLook, lookAt) = (false, Uptime + ISharedLog.LookEvery);
        elsewhere = seen?.Elsewhere ?? Nobody;
        if (seen is null || seen.Epoch != current.Position.Epoch || seen.Seq != current.Position.Seq)
        {
            mustReload = true;
            await CatchUpAsync();
        }
        if (deleted || seen is null) return;
        if (seen.Epoch == current.Position.Epoch && KnownN is { } known && known != seen.N)
        {
            if (seen.N < known) { mustReload = true; await WriteBackAsync(house.Shared); await CatchUpAsync(); }
            else await CatchUpBoardAsync();
        }
        AskForOffRecord();
        Miss();
    }

    /// <summary>One look is not enough to call somebody gone: after Redis was away, every node has yet to name its people again.</summary>
    private void Miss()
    {
        if (Uptime < missedAt + (0.8 * ISharedLog.LookEvery)) return;
        var absent = settleAt is null ? Absent(current.State, []) : [];
        (gone, missing, missedAt) = ([.. absent.Intersect(missing, StringComparer.Ordinal)], absent, Uptime);
    }

    /// <summary>Before somebody comes or goes: the others know of it before it is decided, and whoever is still connected elsewhere does not go.</summary>
    private async Task NamePeopleAsync(List<Mail> work)
    {
        if (house.Shared is null || !work.Exists(static mail => mail is PresenceMail)) return;
        var arriving = new List<string>();
        foreach (var mail in work.OfType<PresenceMail>())
        {
            if (mail.Command is Depart gone) here.Remove(gone.Pid);
            if (mail.Command is Arrive { Online: true } arrive) arriving.Add(arrive.Pid);
        }
        await LookAsync(arriving);
    }

    private bool IsElsewhere(Mail mail) => mail is PresenceMail { Command: Depart gone } && elsewhere.Contains(gone.Pid);

    /// <summary>Who is here and was taken for gone by another node is connected again.</summary>
    private void Reconnect(Round round)
    {
        if (!reconnects) return;
        foreach (var pid in here)
            if (round.State.People.TryGetValue(pid, out var person) && person is { Online: false, SeatOf: null }) round.Do(new Arrive(pid, person.Name, person.Role, person.Place));
    }

    /// <summary>What the shared log holds behind the current state. What it has lost is written back first.</summary>
    private async Task<StoredRoom?> LoadSharedAsync(ISharedLog shared)
    {
        var stored = await shared.LoadAsync(Id, current.Position, CancellationToken.None);
        if (stored is not null && (stored.Head.Seq >= current.Position.Seq || !ISharedLog.IsSameRoom(stored.Epoch, current.Position.Epoch))) return stored;
        await WriteBackAsync(shared);
        return await shared.LoadAsync(Id, current.Position, CancellationToken.None);
    }

    private Task WriteBackAsync(ISharedLog shared)
    {
        Log.WritesBack(house.Logger, Id, current.Position.Seq);
        return shared.WriteBackAsync(Id, current.Position, RoomCodec.Encode(current.State), KnownN ?? 0, board?.Snapshot().Encode(), CancellationToken.None);
    }

    private bool MayBeginAnew(StoredRoom stored) => house.Shared is not null && ISharedLog.IsSameRoom(stored.Epoch, current.Position.Epoch);

    /// <summary>The log was written back under another epoch: the room goes on from what it holds, and everybody starts over.</summary>
    private void BeginAnew(StoredRoom stored)
    {
        var reached = RoomCodec.Replay(Id, stored);
        Log.BeganAnew(house.Logger, Id, current.Position.Seq, reached.Position.Seq);
        var (saw, now) = (sawOffRecord && reached.State.Session.OffRecord, reached.State.Session);
        held = null;
        if (board is { } before)
        {
            if (before.HasUnrecorded && now.OffRecord) held = before.Unrecorded();
            // On the record again under the same board epoch: what was written off it was kept.
            (lacking, boardBehind) = (before.Snapshot(all: before.HasUnrecorded && !now.OffRecord && now.BoardEpoch == current.State.Session.BoardEpoch), true);
            DropBoard();
        }
        sawOffRecord = saw;
        (current, toldN, mustReload, mustLook, reconnects) = (reached, null, false, true, true);
        RememberUnsaved();
        (lastPatch, lastUse) = (Uptime, Uptime);
        try { house.Audience.RoomBegan(this, Interlocked.Increment(ref newestStep)); }
        catch (Exception problem) { Log.AudienceThrew(house.Logger, Id, current.Position.Seq, problem); }
    }
}
