using System.Collections.Immutable;
using System.Text.Json;
using Xunit.Abstractions;

namespace SessionRoom.Domain.Tests;

public sealed class RoomProperties(ITestOutputHelper output)
{
    private static string Json(RoomState room) => JsonSerializer.Serialize(room, RoomJson.Default.RoomState);

    private static string Json(RoomView view) => JsonSerializer.Serialize(view, RoomJson.Default.RoomView);

    private static string Json(RoomEvent @event) => JsonSerializer.Serialize(@event, RoomJson.Default.RoomEvent);

    [Fact] public void ten_thousand_random_commands_are_decided_and_leave_the_room_whole()
    {
        var (commands, accepted, kinds) = (0, 0, new Dictionary<string, int>(StringComparer.Ordinal));
        Scripts.Hold(output, script =>
        {
            foreach (var step in Play.Of(script))
            {
                commands++;
                if (step.Events.Length > 0) { accepted++; foreach (var kind in step.Events.Select(@event => @event.GetType().Name)) kinds[kind] = kinds.GetValueOrDefault(kind) + 1; }
                Whole(step);
            }
        }, scripts: 300, longest: 300);
        output.WriteLine($"{commands} commands, {accepted} of them with events: {string.Join(", ", kinds.OrderBy(kind => kind.Value).Select(kind => $"{kind.Value} {kind.Key}"))}");
        Assert.True(commands > 10_000, $"{commands}");
        Assert.Equal(typeof(Room).Assembly.GetTypes().Count(type => type.IsSubclassOf(typeof(RoomEvent)) && !type.IsAbstract) - 1, kinds.Count);
    }

    /// <summary>What is true of a room at any moment.</summary>
    private static void Whole(Step step)
    {
        var room = step.After;
        var (floor, hands, timer) = (room.Floor, room.Queue.Hands, room.Timer);
        Assert.True(floor.Turn is not null || floor.Held.IsEmpty, "a held turn waits for nobody");
        var turns = floor.Held.Select(turn => (turn.EntryId, turn.Pid)).Concat(floor.Turn is { } turn ? [(turn.EntryId, turn.Pid)] : []).ToList();
        Assert.All(turns.Select(turn => turn.Pid).Concat(hands.Select(hand => hand.Pid)), pid => Assert.True(room.People[pid].Speaks, $"{pid} only looks"));
        Assert.Distinct(turns.Select(turn => turn.EntryId).Concat(hands.Select(hand => hand.EntryId)));
        Assert.Distinct(hands.Select(hand => (hand.Pid, hand.Intent == Intent.Order)));
        Assert.Distinct(floor.Held.Select(held => held.Pid));
        Assert.Equal(timer.Status switch { TimerStatus.Idle => (false, false, false), TimerStatus.Paused => (true, false, true), _ => (true, true, false) },
            (timer.DurationMs is not null, timer.EndsAt is not null, timer.RemainingMs is not null));
        Assert.InRange(timer.DurationMs ?? 0, 0, Day);
        Assert.All(room.People.Values, person => Assert.True(person.TalkMs >= 0 && Enum.IsDefined(person.Role) && Enum.IsDefined(person.Place)));
        if (room.People.Values.Any(person => person is { Role: Role.Facilitator, Online: true })) Assert.Null(room.FacilitatorAwaySince);
        else Assert.True(room.FacilitatorAwaySince is not null || !room.People.Values.Any(person => person.MayClaim));
        var last = step.Before.At;
        foreach (var @event in step.Events)
        {
            Assert.True(@event.At >= last && @event.By == step.By, "time and actor of an event");
            last = @event.At;
        }
        if (step.Before.Session.Stage == Stage.Ended) Assert.True(step.Command is HouseCommand || step.Decision is Decision.Refused { Refusal.Code: RefusalCode.Ended or RefusalCode.NotAgreed });
    }

    [Fact] public void replaying_the_log_gives_the_same_room() => Scripts.Hold(output, script =>
    {
        var dice = new Dice(script.Length > 0 ? script[0] : 0);
        var room = Play.Opening(ref dice);
        var (live, stored) = (room, room);
        foreach (var step in Play.Of(script))
        {
            live = step.After;
            stored = step.Events.Select(@event => JsonSerializer.Deserialize(Json(@event), RoomJson.Default.RoomEvent)!).Aggregate(stored, Room.Evolve);
        }
        Assert.Equal(Json(live), Json(stored));
    });

    [Fact] public void a_snapshot_is_the_room_it_was_taken_from_and_goes_on_like_it() => Scripts.Hold(output, script =>
    {
        RoomState? restored = null;
        var (taken, index) = (script.Length / 2, 0);
        foreach (var step in Play.Of(script))
        {
            if (index++ == taken) restored = JsonSerializer.Deserialize(Json(step.Before), RoomJson.Default.RoomState)!;
            if (restored is null) continue;
            Assert.Equal(Json(step.Before), Json(restored));
            var decision = Room.Decide(restored, step.Command, new(Acting(restored, step.By), step.Now, new() { People = 14 }));
            Assert.Equal(step.Decision.GetType(), decision.GetType());
            if (decision is Decision.Accepted accepted) restored = accepted.Events.Aggregate(restored, Room.Evolve);
            Assert.Equal(Json(RoomView.Of(step.After)), Json(RoomView.Of(restored)));
        }
    });

    [Fact] public void planned_and_borrowed_time_is_the_sessions_length_at_any_moment() => Scripts.Hold(output, script =>
    {
        foreach (var step in Play.Of(script))
            foreach (var later in (long[])[0, 1, Minute, Day])
            {
                var (room, at) = (step.After, Math.Max(step.After.At, step.Now) + later);
                var ledger = TimeLedger.Of(room, at);
                Assert.Equal(ledger.PlannedMs + ledger.BorrowedMs, ledger.SpentMs + ledger.RemainingMs);
                Assert.Equal(ledger.LengthMs, ledger.PlannedMs + ledger.BorrowedMs);
                Assert.Equal(room.Session.StartedAt is { } started ? (room.Session.EndedAt ?? at) - started : 0, ledger.SpentMs);
                Assert.True(ledger.RemainingMs >= 0);
            }
    });

    [Fact] public void what_is_promised_to_be_idempotent_changes_nothing_the_second_time() => Scripts.Hold(output, script =>
    {
        foreach (var step in Play.Of(script))
        {
            // Each of these extends, seats or ends whatever there is by then.
            if (step.Command is ExtendTimer or SeatPerson or YieldFloor || step.Decision is Decision.Refused) continue;
            var again = Room.Decide(step.After, step.Command, new(Acting(step.After, step.By), step.Now, new() { People = 14 }));
            var after = again is Decision.Accepted accepted ? accepted.Events.Aggregate(step.After, Room.Evolve) : step.After;
            Assert.True(Json(RoomView.Of(step.After)) == Json(RoomView.Of(after)), $"{step.Command} by {step.By} twice");
            if (step.Command is not SetAgenda && again is Decision.Accepted { Events: var events }) Assert.Empty(events);
        }
    });
}
