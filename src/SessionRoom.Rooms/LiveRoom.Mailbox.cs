using System.Collections.Immutable;
using SessionRoom.Domain;

namespace SessionRoom.Rooms;

// The one reader of the mailbox. Its fields belong to it alone, except where they are volatile.
public sealed partial class LiveRoom
{
    private const int FewRetries = 5;
    private const int ManyRetries = 60;
    private const int MostUnsaved = 1_024;
    private static readonly Refusal Unavailable = new(RefusalCode.Unavailable, "the room's log cannot be reached now; try again");

    /// <summary>People with a connection here.</summary>
    private readonly HashSet<string> here = new(StringComparer.Ordinal);

    /// <summary>Answers to commands without events: the next batch that has some takes them along.</summary>
    private readonly Queue<Answer> unsaved = [];

    private readonly AnswerIndex answered = new();
    private Task running = Task.CompletedTask;
    private volatile bool stopping, deleted;
    private bool mustReload;

    internal void Start()
    {
        running = Task.Run(RunAsync);
        news?.WakeBy(WakeForNews);
    }

    private async Task RunAsync()
    {
        var (work, failed) = (new List<Mail>(), false);
        try
        {
            // What fell due before the room was loaded lands at once.
            await HandleAsync(work);
            SetAlarm(work);
            while (!deleted && await inbox.Reader.WaitToReadAsync())
            {
                while (work.Count < house.Options.MostPerBatch && work is not [.., { EndsBatch: true }] && inbox.Reader.TryRead(out var mail))
                {
                    if (mail is PushMail) pace.UpdateCame(Uptime);
                    if (mail is not Wake) work.Add(mail);
                }
                await HearAsync();
                if (IsPatient(work)) await HandleBoardAsync(work, mayWait: true);
                RestBoard();
                if (MayWait(work)) SetAlarm(work);
                else
                {
                    await HandleAsync(work);
                    if (!deleted && MayUnload()) break;
                    SetAlarm(work);
                }
            }
            if (stopping) await HandleAsync(work);
        }
        catch (Exception problem)
        {
            // Nothing is known to lead here; should something, nobody may be left waiting.
            Log.MailboxFailed(house.Logger, Id, problem);
            failed = true;
        }
        inbox.Writer.TryComplete();
        if (!deleted) await CloseAsync();
        while (inbox.Reader.TryRead(out var late)) work.Add(late);
        if (failed) Refuse(work, Unavailable);
        else foreach (var mail in work) await ForwardAsync(mail);
    }

    /// <summary>Decides and answers what waits. What ends a batch is the last of it: what was written on the board before the room went off the record or came back
    /// belongs to the time before.</summary>
    private async Task HandleAsync(List<Mail> work)
    {
        if (work.Count > 0) lastUse = Uptime;
        var delete = work is [.., DeleteMail last] ? last : null;
        if (delete is not null) work.RemoveAt(work.Count - 1);
        await HandleBoardAsync(work, mayWait: false);
        await DecideAsync(work);
        work.Clear();
        if (delete is not null) await EraseAsync(delete);
    }

    private async Task DecideAsync(List<Mail> work)
    {
        for (var attempt = 0; attempt <= Retries; attempt++)
        {
            if (deleted) { Refuse(work, Gone); return; }
            try
            {
                await GiveWayAsync(attempt);
                if (mustReload) await CatchUpAsync();
                if (!deleted) await NamePeopleAsync(work);
                if (deleted) continue;
                var round = Decide(work);
                if (round.Events.Count == 0) Remember(round);
                else
                {
                    if (house.Shared is null) await KeepUnrecordedAsync(round);
                    if (await AppendAsync(round) is not { } reached) { mustReload = true; continue; }
                    Land(round, reached, work is [CommandMail only] ? only.Origin : null);
                    await TurnBoardAsync(round.Events, own: true);
                }
                Answer(work);
                return;
            }
            catch (Exception problem)
            {
                // Whether the append was stored is not known: the log is asked before the next decision.
                Log.LogFailed(house.Logger, Id, work.Count, problem);
                Fail(work);
                return;
            }
        }
        Log.AlwaysStale(house.Logger, Id, Retries, work.Count);
        Fail(work);
    }

    private Round Decide(List<Mail> work)
    {
        var round = new Round(current, answered, house.Now, house.Options.Limits, UnrecordedAnywhere, house.Logger);
        if (TimerIsDue(current.State)) round.Do(new ExpireTimer());
        foreach (var mail in work)
            if (!IsElsewhere(mail)) mail.Decide(round);
        Reconnect(round);
        if (AreSettled || gone.Count > 0)
            foreach (var pid in Absent(round.State, work))
                if (AreSettled || gone.Contains(pid)) round.Do(new Depart(pid));
        return round;
    }

    private Task<LogPosition?> AppendAsync(Round round)
    {
        var batch = RoomCodec.Encode(new RoomBatch([.. round.Events], [.. unsaved, .. round.Answers]));
        bytesSinceSnapshot += batch.Length;
        return house.Log.AppendAsync(Id, round.From, batch, house.Options.Tells?.Invoke(round.State, round.From with { Seq = round.From.Seq + 1 }, round.Events), CancellationToken.None);
    }

    private void Land(Round round, LogPosition reached, object? origin)
    {
        unsaved.Clear();
        var after = round.Reached;
        answered.Add(round.Answers, after.Answers);
        Advance(new(reached, after), [.. round.Events], origin);
        batchesSinceSnapshot++;
        if (IsSnapshotDue) TakeSnapshot();
    }

    private void Remember(Round round)
    {
        foreach (var answer in round.Answers) unsaved.Enqueue(answer);
        while (unsaved.Count > MostUnsaved) unsaved.Dequeue();
        if (round.Answers.Count == 0) return;
        current = current with { State = round.Reached };
        answered.Add(round.Answers, current.State.Answers);
    }

    private void Answer(List<Mail> work)
    {
        if (settleAt <= Uptime) settleAt = null;
        (retryAt, reconnects) = (TimeSpan.Zero, false);
        gone.Clear();
        foreach (var mail in work)
        {
            if (mail is PresenceMail { Arrived: { } arrived }) here.Add(arrived);
            else if (mail is PresenceMail { Command: Depart gone }) here.Remove(gone.Pid);
            mail.Complete();
        }
    }

    private void Fail(List<Mail> work)
    {
        mustReload = true;
        retryAt = Uptime + RetryAfter;
        // Departures that are lost now are found again as people without a connection.
        if (house.Shared is null) settleAt = settleAt > retryAt ? settleAt : retryAt;
        foreach (var mail in work)
            if (mail is PresenceMail { Command: Depart gone }) here.Remove(gone.Pid);
        Refuse(work, Unavailable);
    }

    private void Refuse(List<Mail> work, Refusal refusal)
    {
        foreach (var mail in work) mail.Refuse(refusal, current);
    }

    /// <summary>Takes in what the log holds beyond the current state, and publishes it.</summary>
    private async Task CatchUpAsync()
    {
        var stored = house.Shared is null ? await house.Log.LoadAsync(Id, CancellationToken.None) : await LoadSharedAsync(house.Shared);
        if (stored is null || (stored.Epoch != current.Position.Epoch && !MayBeginAnew(stored))) { End(); return; }
        if (stored.Epoch != current.Position.Epoch) { BeginAnew(stored); return; }
        if (stored.Head.Seq < current.Position.Seq) throw new RoomLogException("the log has lost records");
        await TakeInAsync(stored);
        mustReload = false;
    }

    /// <summary>Takes in what the log holds beyond the current state, and publishes it.</summary>
    private async Task TakeInAsync(StoredRoom stored)
    {
        var (from, steps) = (current, new List<(RoomSnapshot After, ImmutableArray<RoomEvent> Events)>());
        var reached = RoomCodec.Replay(Id, stored, current, (after, batch) =>
        {
            steps.Add((after, batch.Events));
            foreach (var answer in batch.Answers) answered.Add(answer);
        });
        if (house.Shared is null && reached.Position != from.Position) Log.CaughtUp(house.Logger, Id, from.Position.Seq, reached.Position.Seq);
        // Where the steps in between are gone, the clients are shown the hole.
        if (stored.Snapshot?.Seq > current.Position.Seq)
        {
            Advance(reached, []);
            await HearOfGapAsync(from.State.Session);
        }
        else
        {
            foreach (var (after, events) in steps)
            {
                // Hearing of the step before may have led further than this one.
                if (after.Position.Seq <= current.Position.Seq) continue;
                Advance(after, events);
                await HearOfAsync(events);
            }
            answered.Add([], current.State.Answers);
            if (steps.Count > 0) return;
        }
        RememberUnsaved();
    }

    private void RememberUnsaved()
    {
        var answers = current.State.Answers;
        foreach (var answer in unsaved) answers = answers.Remember(answer);
        current = current with { State = current.State with { Answers = answers } };
        answered.Reset(answers);
    }

    private void Advance(RoomSnapshot after, ImmutableArray<RoomEvent> events, object? origin = null)
    {
        var before = current;
        current = after;
        lastPatch = lastUse = Uptime;
        try
        {
            house.Audience.Publish(this, new(after.Position, after.State.At, events, StatePatch.Between(before.State, after.State), before.State, after.State, origin));
        }
        catch (Exception problem) { Log.AudienceThrew(house.Logger, Id, after.Position.Seq, problem); }
    }

    private async Task EraseAsync(DeleteMail mail)
    {
        if (deleted) { mail.Complete(found: false); return; }
        await Task.WhenAll(snapshotting, boardSaving);
        try
        {
            var found = await house.Log.DeleteAsync(Id, CancellationToken.None);
            End();
            mail.Complete(found);
        }
        catch (Exception problem)
        {
            Log.LogFailed(house.Logger, Id, 1, problem);
            mustReload = true;
            mail.Fail(problem as RoomLogException ?? new RoomLogException("the log could not be written", problem));
        }
    }

    /// <summary>The room is no more.</summary>
    private void End()
    {
        deleted = true;
        inbox.Writer.TryComplete();
        alarm.Dispose();
        news?.Dispose();
        house.Closed(this);
        Log.Deleted(house.Logger, Id);
        try { house.Audience.RoomDeleted(Id); }
        catch (Exception problem) { Log.AudienceThrew(house.Logger, Id, current.Position.Seq, problem); }
    }
}
