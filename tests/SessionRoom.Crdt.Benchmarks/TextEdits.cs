using System.Text;

namespace SessionRoom.Crdt.Benchmarks;

/// <summary>One edit of a text: at <paramref name="At"/>, first remove, then insert; UTF-16 units.</summary>
internal readonly record struct TextEdit(int At, int Remove, string Insert);

/// <summary>The compact form of an editing trace, described in tests/data/README.md.</summary>
internal static class TextEdits
{
    public static TextEdit[] Read(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith("EDT1"u8))
        {
            throw new InvalidDataException("An editing trace begins with EDT1.");
        }

        var rest = bytes[4..];
        var edits = new TextEdit[ReadUint(ref rest)];
        var at = 0;
        for (var i = 0; i < edits.Length; i++)
        {
            var zigzag = ReadUint(ref rest);
            at += (zigzag & 1) == 0 ? zigzag >> 1 : -(zigzag + 1) / 2;
            var remove = ReadUint(ref rest);
            var size = ReadUint(ref rest);
            edits[i] = new TextEdit(at, remove, Encoding.UTF8.GetString(rest[..size]));
            rest = rest[size..];
        }

        return edits;
    }

    public static byte[] Write(IReadOnlyList<TextEdit> edits)
    {
        using var stream = new MemoryStream();
        stream.Write("EDT1"u8);
        WriteUint(stream, edits.Count);
        var at = 0;
        foreach (var edit in edits)
        {
            var step = edit.At - at;
            at = edit.At;
            WriteUint(stream, step >= 0 ? step * 2 : (-step * 2) - 1);
            WriteUint(stream, edit.Remove);
            var text = Encoding.UTF8.GetBytes(edit.Insert);
            WriteUint(stream, text.Length);
            stream.Write(text);
        }

        WriteUint(stream, 0);
        return stream.ToArray();
    }

    private static int ReadUint(ref ReadOnlySpan<byte> bytes)
    {
        var value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[0];
            bytes = bytes[1..];
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    private static void WriteUint(Stream stream, int value)
    {
        for (; value > 0x7F; value >>= 7)
        {
            stream.WriteByte((byte)(value | 0x80));
        }

        stream.WriteByte((byte)value);
    }
}
