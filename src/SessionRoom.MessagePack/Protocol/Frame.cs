using System.Buffers;

namespace SessionRoom.MessagePack.Protocol;

/// <summary>The length in front of every message.</summary>
/// <remarks>HubProtocol.md, "MessagePack encoding": <c>length (varint, 7 bits a byte, low bits first, at most 5 bytes and 2^31-1) • message</c>.</remarks>
internal static class Frame
{
    public const int LongestPrefix = 5;

    /// <summary>Takes the first whole frame off the input, which otherwise stays as it is.</summary>
    /// <exception cref="InvalidDataException">The length is no varint, or above <paramref name="largest"/>.</exception>
    public static bool TryTake(ref ReadOnlySequence<byte> input, int largest, out ReadOnlySequence<byte> body)
    {
        body = default;
        Span<byte> prefix = stackalloc byte[LongestPrefix];
        var available = (int)Math.Min(LongestPrefix, input.Length);
        input.Slice(0, available).CopyTo(prefix);
        uint length = 0;
        for (var i = 0; i < available; i++)
        {
            if (i == LongestPrefix - 1 && prefix[i] > 0x07) throw new InvalidDataException("A frame's length is above 2^31-1.");
            length |= (uint)(prefix[i] & 0x7f) << (7 * i);
            if ((prefix[i] & 0x80) != 0) continue;
            if (length > largest) throw new InvalidDataException($"A frame of {length} bytes is above the limit of {largest}.");
            if (input.Length - (i + 1) < length) return false;
            body = input.Slice(i + 1, (int)length);
            input = input.Slice(body.End);
            return true;
        }

        return false;
    }

    /// <summary>Puts the length of what follows the first <see cref="LongestPrefix"/> bytes directly in front of it.</summary>
    /// <param name="reservedAndBody">The message behind <see cref="LongestPrefix"/> free bytes.</param>
    /// <param name="spliced">How many bytes of the message are elsewhere.</param>
    /// <returns>Where in <paramref name="reservedAndBody"/> the frame begins.</returns>
    public static int Close(Span<byte> reservedAndBody, int spliced)
    {
        var length = checked((uint)(reservedAndBody.Length - LongestPrefix + spliced));
        var width = 1;
        for (var rest = length >> 7; rest != 0; rest >>= 7) width++;
        var prefix = reservedAndBody[(LongestPrefix - width)..LongestPrefix];
        for (var i = 0; i < width; i++, length >>= 7) prefix[i] = (byte)((length & 0x7f) | (i < width - 1 ? 0x80u : 0u));
        return LongestPrefix - width;
    }
}
