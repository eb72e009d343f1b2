using System.Text;

namespace SessionRoom.LoadTests.Boards;

/// <summary>Writes update bytes that no sound client would.</summary>
/// <remarks>Format v1: numbers are LEB128, text is its UTF-8 length and bytes. A struct begins with its content's tag and flags.</remarks>
internal sealed class Craft
{
    public const int Gc = 0, Deleted = 1, Text = 4, Embed = 5, Nested = 7, Any = 8;
    public const int Right = 0x40, Origin = 0x80;
    public const ulong Huge = 1UL << 52;

    private readonly List<byte> _bytes = [];

    public byte[] Bytes => [.. _bytes];

    public Craft Uint(ulong value)
    {
        for (; value > 0x7F; value >>= 7) _bytes.Add((byte)(value | 0x80));
        _bytes.Add((byte)value);
        return this;
    }

    public Craft Byte(params ReadOnlySpan<int> values)
    {
        foreach (var value in values) _bytes.Add((byte)value);
        return this;
    }

    public Craft String(string text)
    {
        Uint((ulong)Encoding.UTF8.GetByteCount(text))._bytes.AddRange(Encoding.UTF8.GetBytes(text));
        return this;
    }

    public Craft Id(ulong client, ulong clock) => Uint(client).Uint(clock);

    /// <summary>An item of the root of that name, without neighbours; its content follows.</summary>
    public Craft RootItem(int content, string root) => Byte(content, 1).String(root);

    /// <summary>One client's structs, and no deletions.</summary>
    public static byte[] Structs(ulong client, ulong clock, int count, Action<Craft> structs)
    {
        var craft = new Craft().Byte(1).Uint((ulong)count).Id(client, clock);
        structs(craft);
        return craft.Byte(0).Bytes;
    }
}
