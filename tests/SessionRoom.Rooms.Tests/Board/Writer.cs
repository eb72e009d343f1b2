using SessionRoom.Crdt;

namespace SessionRoom.Rooms.Tests;

/// <summary>Somebody's replica: what they edit is what they push.</summary>
internal sealed class Writer
{
    private readonly List<byte[]> edits = [];

    public Writer(ulong? client = null, byte[]? state = null)
    {
        Doc = new(new() { ClientId = client });
        Doc.UpdateV1 += (_, update, _, local) => { if (local) edits.Add(update.ToArray()); };
        if (state is not null) Assert.True(Doc.ApplyUpdate(state).Accepted);
    }

    public Doc Doc { get; }

    /// <summary>Adds to the shared notes; the update.</summary>
    public byte[] Writes(string text)
    {
        var notes = Doc.GetText("notes");
        notes.Insert(notes.Length, text);
        return edits[^1];
    }

    public string Notes => Doc.GetText("notes").ToString();
}

internal static class Boards
{
    public static Task<PushAnswer> Pushes(this LiveRoom room, string pid, byte[] update, object? origin = null) => room.PushAsync(pid, update, origin, default).WaitAsync(Some.Patience);

    public static async Task Stored(this Task<PushAnswer> pushing) => Assert.Null((await pushing).Refusal);

    public static async Task<Domain.RefusalCode> Refused(this Task<PushAnswer> pushing) => (await pushing).Refusal?.Code ?? throw new InvalidOperationException("was not refused");

    public static Task<BoardAnswer> Asks(this LiveRoom room, BoardAsk? ask = null) => room.ReadBoardAsync(ask ?? new(), default).WaitAsync(Some.Patience);

    public static async Task Until(Func<bool> reached)
    {
        using var deadline = new CancellationTokenSource(Some.Patience);
        while (!reached())
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>The notes as a newcomer reads them.</summary>
    public static async Task<string> Notes(this LiveRoom room) => new Writer(state: (await room.Asks()).Update).Notes;

    /// <summary>The notes as they are stored.</summary>
    public static async Task<string> StoredNotes(this LiveRoom room) => new Writer(state: (await room.ReadBoardAsync(default).WaitAsync(Some.Patience)).State).Notes;
}
