using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Serialization;

namespace SessionRoom.Domain;

/// <summary>Replaces the agenda. Items that keep their id keep the time that was spent on them.</summary>
public sealed record SetAgenda(ImmutableArray<AgendaItem> Items) : MemberCommand;
public sealed record GoToItem(string ItemId) : MemberCommand;

public abstract record AgendaEvent : RoomEvent;
public sealed record AgendaSet(ImmutableArray<AgendaItem> Items) : AgendaEvent;
public sealed record ItemEntered(string ItemId) : AgendaEvent;

/// <summary>A timeboxed item: <paramref name="DurationMs"/> milliseconds, 0 (no timebox) to 24 h.</summary>
public sealed record AgendaItem(string? Id = null, string Title = "", string? Kind = null, long DurationMs = 0, string? PresenterId = null);

/// <summary>An item with what became of it: the time spent in stretches that are over, and whether it was entered while live.</summary>
public sealed record PlannedItem(AgendaItem Item, long SpentMs = 0, bool Visited = false);

/// <summary>The ordered items, the one being discussed, and since when.</summary>
public sealed record Agenda
{
    public ImmutableArray<PlannedItem> Items { get; init; } = [];
    public string? Current { get; init; }

    /// <summary>When the stretch that is being counted began; absent outside of <see cref="Stage.Live"/>.</summary>
    public long? Since { get; init; }

    /// <summary>Live time that belongs to no item of this agenda, in stretches that are over.</summary>
    public long BetweenMs { get; init; }

    /// <summary>When something last happened that the ledger depends on.</summary>
    public long AccountedAt { get; init; }

    [JsonIgnore]
    public PlannedItem? CurrentItem => Current is null ? null : Items.FirstOrDefault(item => item.Item.Id == Current);

    internal static Agenda Evolve(Agenda agenda, RoomEvent @event) => @event switch
    {
        SessionStarted => agenda with { Since = @event.At, Items = Visit(agenda.Items, agenda.Current) },
        SessionEnded => agenda.CloseStretch(@event.At) with { Since = null },
        ItemEntered entered => agenda.CloseStretch(entered.At) is var closed && closed.Since is null
            ? closed with { Current = entered.ItemId }
            : closed with { Current = entered.ItemId, Items = Visit(closed.Items, entered.ItemId) },
        AgendaSet set => Replace(agenda.CloseStretch(set.At), set.Items),
        _ => throw new UnreachableException(@event.ToString()),
    };

    private Agenda CloseStretch(long at)
    {
        if (Since is not { } since) return this;
        return CurrentItem is { } current
            ? this with { Since = at, Items = Items.Replace(current, current with { SpentMs = current.SpentMs + at - since }) }
            : this with { Since = at, BetweenMs = BetweenMs + at - since };
    }

    private static ImmutableArray<PlannedItem> Visit(ImmutableArray<PlannedItem> items, string? id) =>
        [.. items.Select(item => item.Item.Id == id ? item with { Visited = true } : item)];

    private static Agenda Replace(Agenda agenda, ImmutableArray<AgendaItem> items)
    {
        var known = agenda.Items.ToDictionary(item => item.Item.Id!, StringComparer.Ordinal);
        var kept = items.Select(item => known.TryGetValue(item.Id!, out var before) ? before with { Item = item } : new PlannedItem(item)).ToImmutableArray();
        // What was spent on an item that is gone stays part of the session's length.
        var gone = agenda.Items.Sum(item => item.SpentMs) - kept.Sum(item => item.SpentMs);
        return agenda with
        {
            Items = kept, BetweenMs = agenda.BetweenMs + gone,
            Current = kept.Any(item => item.Item.Id == agenda.Current) ? agenda.Current : null,
        };
    }
}

internal static class AgendaRules
{
    internal static void Decide(Unfolding room, RoomCommand command)
    {
        switch (command)
        {
            case SetAgenda set: Set(room, set); break;
            case GoToItem go when room.State.Agenda.Items.FirstOrDefault(item => item.Item.Id == go.ItemId) is not { } item:
                room.Refuse(RefusalCode.NotFound, "no such agenda item"); break;
            case GoToItem go when go.ItemId == room.State.Agenda.Current: break;
            case GoToItem go: Enter(room, room.State.Agenda.Items.First(item => item.Item.Id == go.ItemId)); break;
            default: throw new UnreachableException(command.ToString());
        }
    }

    /// <summary>The timer follows the item: a timebox starts, an item without one leaves the clock idle.</summary>
    internal static void Enter(Unfolding room, PlannedItem item)
    {
        room.Emit(new ItemEntered(item.Item.Id!));
        if (item.Item.DurationMs > 0) room.Emit(new TimerStarted(item.Item.DurationMs, room.Now + item.Item.DurationMs, item.Item.Id));
        else if (room.State.Timer.Status != TimerStatus.Idle) room.Emit(new TimerStopped());
    }

    private static void Set(Unfolding room, SetAgenda set)
    {
        if (Prepare(set.Items, room.Limits, out var items) is { } refusal) { room.Refuse(refusal.Code, refusal.Message); return; }
        var current = room.State.Agenda.Current;
        room.Emit(new AgendaSet(items));
        if (current is not null && room.State.Agenda.Current is null && room.State.Timer.ItemId == current) room.Emit(new TimerStopped());
    }

    /// <summary>Checks the items and names those that have no id after their place.</summary>
    internal static Refusal? Prepare(ImmutableArray<AgendaItem> asked, RoomLimits limits, out ImmutableArray<AgendaItem> items)
    {
        items = [];
        if (asked.IsDefault) return new(RefusalCode.Invalid, "items is missing");
        if (asked.Length > limits.AgendaItems) return new(RefusalCode.TooLarge, $"an agenda has at most {limits.AgendaItems} items");
        var taken = asked.Select(item => item?.Id).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var named = ImmutableArray.CreateBuilder<AgendaItem>(asked.Length);
        foreach (var item in asked)
        {
            if (item is null) return new(RefusalCode.Invalid, "an item is null");
            if (Text.Check(item.Title, limits.Title, "title") is { } title) return title;
            if (item.Id is not null && Text.Check(item.Id, Text.LongestId, "id") is { } id) return id;
            if (item.Kind is not null && Text.Check(item.Kind, Text.LongestId, "kind") is { } kind) return kind;
            if (item.PresenterId is not null && Text.Check(item.PresenterId, Text.LongestPid, "presenterId") is { } presenter) return presenter;
            if (item.DurationMs is < 0 or > SessionTimer.LongestMs) return new(RefusalCode.Invalid, "durationMs is 0 to 24 hours");
            named.Add(item with { Id = item.Id ?? Free(taken, named.Count + 1), Title = item.Title.Trim() });
        }
        if (named.DistinctBy(item => item.Id, StringComparer.Ordinal).Count() != named.Count) return new(RefusalCode.Invalid, "two items have the same id");
        items = named.ToImmutable();
        return null;
    }

    private static string Free(HashSet<string> taken, int number)
    {
        while (!taken.Add($"item-{number}")) number++;
        return $"item-{number}";
    }
}
