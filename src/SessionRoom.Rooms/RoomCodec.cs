using System.Text.Json;
using System.Text.Json.Nodes;
using SessionRoom.Domain;

namespace SessionRoom.Rooms;

/// <summary>What a room stores, as bytes: batches and snapshots as UTF-8 JSON.</summary>
internal static class RoomCodec
{
    public static byte[] Encode(RoomBatch batch) => JsonSerializer.SerializeToUtf8Bytes(batch, RoomJson.Default.RoomBatch);

    public static byte[] Encode(RoomState state) => JsonSerializer.SerializeToUtf8Bytes(state, RoomJson.Default.RoomState);

    /// <summary>The state after everything that is stored, or after what is newer than <paramref name="from"/>.</summary>
    /// <param name="eachStep">Called after each batch.</param>
    /// <exception cref="UnreadableRecordException">A record is not what this version writes, or a number is missing.</exception>
    public static RoomSnapshot Replay(string room, StoredRoom stored, RoomSnapshot? from = null, Action<RoomSnapshot, RoomBatch>? eachStep = null)
    {
        var reached = stored.Snapshot is { } snapshot && (from is null || from.Position.Seq < snapshot.Seq)
            ? new RoomSnapshot(new(stored.Epoch, snapshot.Seq), DecodeState(room, snapshot))
            : from ?? new RoomSnapshot(new(stored.Epoch, 0), RoomState.Empty);
        foreach (var record in stored.Tail)
        {
            if (record.Seq <= reached.Position.Seq) continue;
            if (record.Seq != reached.Position.Seq + 1) throw new UnreadableRecordException(room, reached.Position.Seq + 1);
            var (batch, state) = Apply(room, record, reached.State);
            reached = new(new(stored.Epoch, record.Seq), state);
            eachStep?.Invoke(reached, batch);
        }
        return reached;
    }

    /// <summary>Whether the snapshot reads back as the state that it was made from.</summary>
    public static bool ReadsBack(string room, long seq, byte[] bytes)
    {
        var again = Encode(DecodeState(room, new(seq, bytes)));
        // Members of a dictionary may come in another order; the document is the same.
        return bytes.AsSpan().SequenceEqual(again) || JsonNode.DeepEquals(JsonNode.Parse(bytes), JsonNode.Parse(again));
    }

    private static (RoomBatch, RoomState) Apply(string room, StoredRecord record, RoomState state)
    {
        try
        {
            var batch = JsonSerializer.Deserialize(record.Bytes.Span, RoomJson.Default.RoomBatch) ?? throw new JsonException();
            foreach (var @event in batch.Events) state = Room.Evolve(state, @event);
            var answers = state.Answers;
            foreach (var answer in batch.Answers) answers = answers.Remember(answer);
            return (batch, state with { Answers = answers });
        }
        // A record that was tampered with can fail anywhere in the rules; whatever it was, this record is the reason.
        catch (Exception problem) { throw new UnreadableRecordException(room, record.Seq, problem); }
    }

    private static RoomState DecodeState(string room, StoredRecord snapshot)
    {
        try
        {
            var state = JsonSerializer.Deserialize(snapshot.Bytes.Span, RoomJson.Default.RoomState);
            return state?.Session.Id == room ? state : throw new JsonException("not a state of this room");
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException or InvalidOperationException) { throw new UnreadableRecordException(room, snapshot.Seq, problem); }
    }
}
