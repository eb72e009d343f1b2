using System.Collections.Immutable;

namespace SessionRoom.Domain;

/// <summary>Under the <c>round</c> policy everyone gets one turn before anybody gets another.</summary>
/// <remarks>Who was silent in earlier rounds, or came late, gets one turn in this one like everybody else: rounds do not add up.</remarks>
internal static class Round
{
    /// <summary>The people after somebody got the floor. The round is over when somebody speaks again and nobody waits for their first turn in it.</summary>
    internal static ImmutableDictionary<string, Person> Count(RoomState room, SpeakingQueue waiting, string speaker)
    {
        if (room.Session.Settings.QueuePolicy != QueuePolicy.Round) return room.People;
        var again = room.People[speaker].RoundTurns > 0;
        var over = again && !waiting.Entries.Any(hand => room.People[hand.Pid].RoundTurns == 0);
        var people = over ? Begin(room.People) : room.People;
        return people.SetItem(speaker, people[speaker] with { RoundTurns = 1 });
    }

    /// <summary>Nobody has spoken in a new round.</summary>
    internal static ImmutableDictionary<string, Person> Begin(ImmutableDictionary<string, Person> people) =>
        people.SetItems(people.Where(pair => pair.Value.RoundTurns > 0).Select(pair => KeyValuePair.Create(pair.Key, pair.Value with { RoundTurns = 0 })));
}
