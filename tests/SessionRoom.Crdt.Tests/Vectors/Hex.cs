namespace SessionRoom.Crdt.Tests.Vectors;

/// <summary>Bytes as the tests write them: pairs of digits, spaces where the reader wants them.</summary>
internal static class Hex
{
    public static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    public static void AssertBytes(string expected, ReadOnlySpan<byte> actual) =>
        Assert.Equal(Convert.ToHexStringLower(Bytes(expected)), Convert.ToHexStringLower(actual));
}

/// <summary>A document whose updates are kept.</summary>
internal sealed class Author
{
    public Author(ulong client = 1, bool gc = true)
    {
        Doc = new Doc(new DocOptions { ClientId = client, Gc = gc });
        Doc.UpdateV1 += (_, update, _, _) => Sent.Add(update.ToArray());
    }

    public Doc Doc { get; }

    public List<byte[]> Sent { get; } = [];

    public static Doc Holding(params string[] updates)
    {
        var doc = new Doc(new DocOptions { ClientId = 999 });
        foreach (var update in updates)
        {
            Apply(doc, update);
        }

        return doc;
    }

    public static void Apply(Doc doc, string update) => Apply(doc, Hex.Bytes(update));

    public static void Apply(Doc doc, byte[] update)
    {
        var result = doc.ApplyUpdate(update);
        Assert.True(result.Accepted, $"{result.Problem}");
    }
}
