using SessionRoom.Crdt;
using SessionRoom.Rooms;

namespace SessionRoom.Server;

/// <summary>Reads the boards of rooms for those who ask over HTTP. Building a large one takes a fraction of a second of a processor, so half of the processors
/// at most do it, and all who ask for a room while its reading waits share that one.</summary>
internal sealed class BoardReader : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<LiveRoom, Task<ReadBoard>> waiting = new(ReferenceEqualityComparer.Instance);
    private readonly SemaphoreSlim turns = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>The board as it is stored when this is asked, or later; without what is sealed.</summary>
    /// <exception cref="RoomLogException">It cannot be read.</exception>
    public Task<ReadBoard> ReadAsync(LiveRoom room, CancellationToken cancel)
    {
        lock (gate)
        {
            if (!waiting.TryGetValue(room, out var reading)) waiting.Add(room, reading = Task.Run(() => ReadInTurnAsync(room), CancellationToken.None));
            return reading.WaitAsync(cancel);
        }
    }

    private async Task<ReadBoard> ReadInTurnAsync(LiveRoom room)
    {
        await turns.WaitAsync();
        try
        {
            // Whoever asks from here on may have seen an edit that this reading lacks.
            lock (gate) waiting.Remove(room);
            var stored = await room.ReadBoardAsync(CancellationToken.None);
            return new(stored.Epoch, stored.N, ViewOf(room.Id, stored));
        }
        finally
        {
            turns.Release();
        }
    }

    public void Dispose() => turns.Dispose();

    private static BoardView ViewOf(string room, BoardReading stored)
    {
        // These bytes were admitted one by one; all of them at once may take as long as they took.
        var doc = new Doc(new() { Limits = new() { MaxBytes = int.MaxValue, MaxSteps = long.MaxValue } });
        return doc.ApplyUpdate(stored.State) is { Problem: { } problem }
            ? throw new UnreadableRecordException($"room {room}: the board at {stored.N} cannot be read: {problem.Reason}")
            : BoardView.Of(doc, withSealed: false);
    }
}

/// <param name="Epoch">Names the log that <paramref name="N"/> counts.</param>
internal sealed record ReadBoard(string Epoch, long N, BoardView View);
