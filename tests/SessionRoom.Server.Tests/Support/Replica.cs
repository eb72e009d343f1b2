using System.Text.Json.Nodes;
using SessionRoom.Crdt;

namespace SessionRoom.Server.Tests;

/// <summary>Somebody's board, over a socket that speaks JSON frames.</summary>
internal sealed class Replica
{
    private byte[] last = [];

    public Replica(ulong? client = null)
    {
        Doc = new(new() { ClientId = client });
        Doc.UpdateV1 += (_, update, _, _) => last = update.ToArray();
    }

    public Doc Doc { get; }

    public string Notes => Doc.GetText("notes").ToString();

    public Replica Takes(JsonNode? bytes)
    {
        Assert.True(Doc.ApplyUpdate(Convert.FromBase64String((string)bytes!)).Accepted);
        return this;
    }

    /// <summary>Adds to the shared notes; the update, as it travels.</summary>
    public string Writes(string text)
    {
        var notes = Doc.GetText("notes");
        notes.Insert(notes.Length, text);
        return Convert.ToBase64String(last);
    }
}
