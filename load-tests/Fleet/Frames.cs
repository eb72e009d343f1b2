using System.Buffers.Text;
using System.Text;

namespace SessionRoom.LoadTests.Fleet;

/// <summary>Cuts a stream of bytes into the messages of hub protocol JSON.</summary>
internal sealed class Frames(Frames.Taker take)
{
    private const byte End = 0x1e;

    // Type, target and invocation id stand before what a call carries.
    private const int Head = 80;

    private byte[] _held = new byte[1024];
    private int _count;

    internal delegate void Taker(ReadOnlySpan<byte> frame);

    public void Take(ReadOnlySpan<byte> part)
    {
        while (part.IndexOf(End) is >= 0 and var at)
        {
            if (_count == 0) take(part[..at]);
            else
            {
                Hold(part[..at]);
                take(_held.AsSpan(0, _count));
                _count = 0;
            }
            part = part[(at + 1)..];
        }
        Hold(part);
    }

    public static bool Begins(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> with) => frame[..Math.Min(frame.Length, Head)].IndexOf(with) >= 0;

    public static ReadOnlySpan<byte> TextOf(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> name)
    {
        var rest = After(frame, name);
        return rest[..rest.IndexOf((byte)'"')];
    }

    /// <summary>The first field of that name: the frame's own stands before the state and the events.</summary>
    public static long NumberOf(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> name) =>
        Utf8Parser.TryParse(After(frame, name), out long number, out _) ? number : throw new InvalidDataException($"no number in {Encoding.UTF8.GetString(frame)}");

    private static ReadOnlySpan<byte> After(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> name) =>
        frame.IndexOf(name) is >= 0 and var at ? frame[(at + name.Length)..] : throw new InvalidDataException($"no {Encoding.UTF8.GetString(name)} in {Encoding.UTF8.GetString(frame)}");

    private void Hold(ReadOnlySpan<byte> part)
    {
        if (_held.Length < _count + part.Length) Array.Resize(ref _held, Math.Max(_held.Length * 2, _count + part.Length));
        part.CopyTo(_held.AsSpan(_count));
        _count += part.Length;
    }
}
