using System.Runtime.CompilerServices;
using System.Text.Json;
using SessionRoom.Domain;
using SessionRoom.Rooms;

namespace SessionRoom.Server;

/// <summary>Events as they may be told now: what a card said is not told any more once it is sealed or deleted, however long its event has waited.</summary>
internal sealed class SealedEvents(RoomDirectory rooms, BoardReader boards)
{
    /// <summary>Each as it is asked for; the board of a room is read once, when the first of its events is.</summary>
    /// <exception cref="RoomLogException">A board cannot be read now.</exception>
    public async IAsyncEnumerable<FeedEvent> NowAsync(IReadOnlyList<FeedEvent> page, [EnumeratorCancellation] CancellationToken cancel)
    {
        var shown = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var each in page)
        {
            var told = JsonSerializer.Deserialize(each.Bytes.Span, WebhookJson.Default.WebhookEvent)!;
            if (told.Data.Action is not { Removed: not true } action)
            {
                yield return each;
                continue;
            }
            if (!shown.TryGetValue(told.Room, out var cards)) shown.Add(told.Room, cards = await ShownAsync(told.Room, cancel));
            yield return cards.Contains(action.Id) ? each : each with { Bytes = Emptied(told, action.Id).Stored().Bytes };
        }
    }

    private static WebhookEvent Emptied(WebhookEvent told, string action) =>
        told with { Data = new() { Action = new(action, Removed: true), Changed = told.Data.Changed is null ? null : ["removed"] } };

    private async Task<HashSet<string>> ShownAsync(string id, CancellationToken cancel)
    {
        if (await rooms.OpenAsync(id, cancel) is not { } room) return [];
        var board = await boards.ReadAsync(room, cancel);
        return board.View.Actions.Where(action => !action.Sealed).Select(action => action.Id).ToHashSet(StringComparer.Ordinal);
    }
}
