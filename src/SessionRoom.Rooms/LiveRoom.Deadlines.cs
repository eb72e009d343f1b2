using SessionRoom.Domain;

namespace SessionRoom.Rooms;

// What a room does without being asked: expiry, settling, presence that waited long enough, unloading. One alarm wakes the reader for the earliest.
public sealed partial class LiveRoom
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    // A timer of the framework holds 49 days at most.
    private static readonly TimeSpan LongestAlarm = TimeSpan.FromDays(1);

    private readonly long started;
    private readonly ITimer alarm;
    private TimeSpan? alarmAt, settleAt;
    private TimeSpan lastPatch, lastUse, retryAt;
    private volatile bool alarmRang;

    /// <summary>Time since the load, by the clock that no correction moves.</summary>
    private TimeSpan Uptime => house.Time.GetElapsedTime(started);

    /// <summary>Arrivals and departures wait for others, and so do updates of the board, the longer the more people write; everything else takes what waits along.</summary>
    private bool MayWait(List<Mail> work) =>
        work.Count > 0 && work.Count < house.Options.MostPerBatch && IsPatient(work) && Uptime < Due(work) && !TimerIsDue(current.State);

    private bool IsPatient(List<Mail> work) => !mustReload && work.TrueForAll(static mail => mail is PresenceMail or BoardMail);

    private TimeSpan Due(List<Mail> held)
    {
        var (presence, pushes) = (held.Exists(static mail => mail is PresenceMail), held.Count(static mail => mail is PushMail));
        return Least(presence ? lastPatch + PresenceDelay : TimeSpan.MaxValue, pushes > 0 ? BoardDue(pushes) : TimeSpan.MaxValue);
    }

    private TimeSpan PresenceDelay => current.State.People.Count < house.Options.PresenceWaitsFrom
        ? TimeSpan.Zero
        : Least(house.Options.PresenceDelayPerPerson * current.State.People.Count, house.Options.LongestPresenceDelay);

    /// <summary>When so many updates that wait are sent: once everybody who writes waits, or others would have followed, or they have waited long enough.</summary>
    private TimeSpan BoardDue(int pushes)
    {
        var writing = writers.CountAt(Uptime);
        return pushes >= writing ? TimeSpan.Zero : Least(lastRelay + Least(house.Options.BoardDelayPerWriter * writing, house.Options.LongestBoardDelay), pace.QuietFrom);
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private bool TimerIsDue(RoomState room) => room.Timer is { Status: TimerStatus.Running, EndsAt: { } end } && end <= house.Now;

    /// <summary>Whether whoever has not come since the load, or since the log failed, is gone. On a shared log that is for the looks to say.</summary>
    private bool AreSettled => house.Shared is null && settleAt <= Uptime;

    /// <summary>People whom the state calls online without a connection here, and without an arrival that is being decided.</summary>
    private List<string> Absent(RoomState room, List<Mail> work)
    {
        var arriving = work.OfType<PresenceMail>().Select(mail => mail.Arrived).ToHashSet(StringComparer.Ordinal);
        return [.. room.People.Where(pair => pair.Value is { Online: true, SeatOf: null } && !here.Contains(pair.Key) && !elsewhere.Contains(pair.Key) && !arriving.Contains(pair.Key)).Select(pair => pair.Key)];
    }

    /// <summary>Nobody is in, nothing is due, nothing waits.</summary>
    private bool MayUnload() =>
        IsQuiet && !mustReload && Uptime >= lastUse + UnloadAfter && inbox.Reader.Count == 0;

    private TimeSpan UnloadAfter => board is { HasUnrecorded: true } ? house.Options.OffRecordLasts : house.Options.UnloadAfter;

    private bool IsQuiet => here.Count == 0 && settleAt is null && current.State.Timer.Status != TimerStatus.Running;

    private void SetAlarm(List<Mail> held)
    {
        if (deleted) return;
        var (uptime, next) = (Uptime, TimeSpan.MaxValue);
        if (held.Count > 0) Consider(Due(held));
        if (current.State.Timer is { Status: TimerStatus.Running, EndsAt: { } end })
        {
            Consider(uptime + TimeSpan.FromMilliseconds(end - house.Now));
        }
        if (settleAt is { } settle) Consider(settle);
        if (house.Shared is not null) Consider(lookAt);
        if (IsQuiet) Consider(lastUse + UnloadAfter);
        if (board is { IsResting: false }) Consider(boardUse + house.Options.BoardRestsAfter);

        // Whatever is due waits for a log that does not answer.
        if (next < retryAt) next = retryAt;

        if (alarmRang) (alarmAt, alarmRang) = (null, false);
        // An alarm that rings too early only looks, and sets itself again.
        if (next == TimeSpan.MaxValue || alarmAt <= next) return;
        // It fell due while the last round was being stored.
        if (next <= uptime)
        {
            Ring();
            return;
        }
        alarmAt = next < uptime + LongestAlarm ? next : uptime + LongestAlarm;
        alarm.Change(TimeSpan.FromMilliseconds(Math.Clamp(Math.Ceiling((next - uptime).TotalMilliseconds), 1, LongestAlarm.TotalMilliseconds)), Timeout.InfiniteTimeSpan);

        void Consider(TimeSpan due) => next = due < next ? due : next;
    }

    private void Ring()
    {
        alarmRang = true;
        inbox.Writer.TryWrite(Wake.Up);
    }
}
