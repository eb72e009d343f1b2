using System.Collections.Concurrent;
using SessionRoom.Domain;
using SessionRoom.Rooms;

namespace SessionRoom.Server;

/// <summary>Who is here: tells a room when somebody's first connection to this node comes up and when their last goes down.</summary>
internal sealed class Attendance(RoomDirectory rooms, ServerOptions options)
{
    private readonly ConcurrentDictionary<(string Room, string Pid), Presence> people = new();
    private volatile bool stopping;

    /// <summary>A server that stops leaves its people online: they come back to the next one, and nobody should see them blink.</summary>
    public void Stop() => stopping = true;

    /// <summary>Counts the connection and waits until the room knows the person. A refusal leaves nothing counted.</summary>
    public async Task<Refusal?> EnterAsync(PersonToken token)
    {
        if (Take(token) is not { } presence) return new(RefusalCode.RateLimited, $"a person has at most {options.Limits.ConnectionsPerPerson} connections");
        var stays = false;
        try
        {
            var refusal = await SettleAsync(presence, token);
            stays = refusal is null;
            return refusal;
        }
        finally
        {
            LetGo(presence, token, stays ? 0 : -1);
        }
    }

    public async Task LeaveAsync(PersonToken token)
    {
        if (stopping || !people.TryGetValue((token.Room, token.Pid), out var presence)) return;
        lock (presence.Gate)
        {
            presence.Connections--;
            presence.Busy++;
        }
        try
        {
            await SettleAsync(presence, token);
        }
        finally
        {
            LetGo(presence, token, 0);
        }
    }

    private Presence? Take(PersonToken token)
    {
        while (true)
        {
            var presence = people.GetOrAdd((token.Room, token.Pid), static _ => new());
            lock (presence.Gate)
            {
                if (presence.GivenUp) continue;
                if (presence.Connections >= options.Limits.ConnectionsPerPerson) return null;
                presence.Connections++;
                presence.Busy++;
                return presence;
            }
        }
    }

    private void LetGo(Presence presence, PersonToken token, int connections)
    {
        lock (presence.Gate)
        {
            presence.Connections += connections;
            presence.Busy--;
            if (presence.Connections > 0 || presence.Busy > 0) return;
            presence.GivenUp = true;
            people.TryRemove(new((token.Room, token.Pid), presence));
        }
    }

    // One at a time per person, and each reports what is true when its turn comes: a reconnect never ends as an absence.
    private async Task<Refusal?> SettleAsync(Presence presence, PersonToken token)
    {
        await presence.Turn.WaitAsync();
        try
        {
            // Not cancelled with a connection that goes down on the way in: an arrival that was handed over has to be followed by a departure.
            var cancel = CancellationToken.None;
            if (await rooms.OpenAsync(token.Room, cancel) is not { } room) return new(RefusalCode.NotFound, "no such room");
            if (presence.IsHere) return await room.ArriveAsync(token.Arriving(online: true), cancel);
            await room.DepartAsync(token.Pid, cancel);
            return null;
        }
        finally
        {
            presence.Turn.Release();
        }
    }

    private sealed class Presence
    {
        public Lock Gate { get; } = new();
        public SemaphoreSlim Turn { get; } = new(1, 1);
        public int Connections { get; set; }

        /// <summary>Calls that are still at it; until they are through, whoever comes finds this object and waits its turn.</summary>
        public int Busy { get; set; }
        public bool GivenUp { get; set; }

        public bool IsHere
        {
            get { lock (Gate) return Connections > 0; }
        }
    }
}
