using System.Threading.Channels;
using SessionRoom.Domain;

namespace SessionRoom.Rooms;

/// <summary>A loaded room: a mailbox that decides what waits in order, appends once, publishes one patch, then answers.</summary>
/// <remarks>Safe from any thread. It goes on working after it was unloaded: what it is asked goes to the room that is loaded then.</remarks>
public sealed partial class LiveRoom
{
    private static readonly Refusal Gone = new(RefusalCode.NotFound, "the room is gone");
    private static readonly Refusal Stopping = new(RefusalCode.Unavailable, "the server is stopping");
    private static readonly Refusal BadPid = new(RefusalCode.Invalid, "a participant id has 1 to 64 characters, is not 'house' and does not begin with 'key:'");

    private readonly RoomHouse house;
    private readonly Channel<Mail> inbox;
    private volatile RoomSnapshot current;

    internal LiveRoom(string id, RoomSnapshot current, StoredRoom stored, RoomHouse house, NewsInbox? news)
    {
        (Id, this.current, this.house, this.news) = (id, current, house, news);
        (snapshotBytes, batchesSinceSnapshot, bytesSinceSnapshot) = (stored.Snapshot?.Bytes.Length ?? 0, stored.Tail.Count, stored.Tail.Sum(static batch => (long)batch.Bytes.Length));
        answered.Reset(current.State.Answers);
        inbox = Channel.CreateBounded<Mail>(new BoundedChannelOptions(house.Options.MostWaiting) { SingleReader = true });
        started = house.Time.GetTimestamp();
        alarm = house.Time.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (current.State.People.Values.Any(person => person is { Online: true, SeatOf: null })) settleAt = house.Options.SettleAfter;
    }

    public string Id { get; }

    /// <summary>The room as last made durable. Swapped after each append; read without waiting. After an unload it stays as it was.</summary>
    public RoomSnapshot Current => current;

    /// <summary>Decides a command. A refusal is an answer; <c>unavailable</c> when the log fails, <c>not_found</c> when the room was deleted.</summary>
    /// <remarks>The same caller's same id is answered as it was the first time. Cancelling stops the wait for the answer; a command that was handed
    /// over is still decided.</remarks>
    public Task<Answer> DoAsync(Caller by, MemberCommand command, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(command);
        var mail = new CommandMail(by, command);
        return SendAsync(mail, mail.Done, cancel);
    }

    /// <summary>Records that somebody's first connection to this node is up. Done when the room's state holds them. In large rooms arrivals wait for others.</summary>
    /// <returns>Null, or why they may not come: <c>forbidden</c> (removed, or a seat), <c>too_large</c>, <c>invalid</c>, <c>unavailable</c>, <c>not_found</c>.</returns>
    public Task<Refusal?> ArriveAsync(Arrive arrive, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(arrive);
        if (arrive.Pid is not { Length: > 0 and <= 64 } pid || pid == Actor.House.Pid || pid.StartsWith("key:", StringComparison.Ordinal))
            return Task.FromResult<Refusal?>(BadPid);
        var mail = new PresenceMail(arrive);
        return SendAsync(mail, mail.Done, cancel);
    }

    /// <summary>Records that somebody's last connection to this node is down. Where the log fails, that is made up for later.</summary>
    public Task DepartAsync(string pid, CancellationToken cancel)
    {
        var mail = new PresenceMail(new Depart(pid));
        return SendAsync(mail, mail.Done, cancel);
    }

    internal Task<bool> DeleteAsync(CancellationToken cancel)
    {
        var mail = new DeleteMail();
        return SendAsync(mail, mail.Done, cancel);
    }

    /// <summary>Decides and answers what waits, then ends.</summary>
    internal Task StopAsync()
    {
        stopping = true;
        inbox.Writer.TryComplete();
        return running;
    }

    private Task<T> SendAsync<T>(Mail mail, Task<T> done, CancellationToken cancel)
    {
        if (!inbox.Writer.TryWrite(mail)) return SendWaitingAsync(mail, done, cancel);
        return cancel.CanBeCanceled ? done.WaitAsync(cancel) : done;
    }

    private async Task<T> SendWaitingAsync<T>(Mail mail, Task<T> done, CancellationToken cancel)
    {
        await PostAsync(mail, cancel);
        return await done.WaitAsync(cancel);
    }

    /// <summary>Into this mailbox, or where it has ended into that of the room as it is loaded again.</summary>
    internal async Task PostAsync(Mail mail, CancellationToken cancel)
    {
        while (await inbox.Writer.WaitToWriteAsync(cancel))
            if (inbox.Writer.TryWrite(mail)) return;
        await running.WaitAsync(cancel);
        await ForwardAsync(mail);
    }

    private async Task ForwardAsync(Mail mail)
    {
        if (deleted) mail.Refuse(Gone, current);
        else if (stopping) mail.Refuse(Stopping, current);
        else
            try
            {
                if (await house.OpenAsync(Id) is { } again) await again.PostAsync(mail, CancellationToken.None);
                else mail.Refuse(Gone, current);
            }
            catch (RoomLogException problem) { mail.Refuse(new(RefusalCode.Unavailable, problem.Message), current); }
    }
}
