using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace SessionRoom.MessagePack.Dynamic;

/// <summary>JSON in a pooled array, for text that is parsed again at once: no indentation, and only what must be escaped is.</summary>
internal ref struct JsonText()
{
    // What JSON forbids inside a string.
    private static readonly SearchValues<byte> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 32).Select(code => (byte)code), (byte)'"', (byte)'\\']);

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1024);
    private int _position;

    public readonly ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _position);

    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
    }

    public void Punctuate(byte mark)
    {
        Reserve(1)[0] = mark;
        _position++;
    }

    /// <summary>Takes the last comma away again.</summary>
    public void Close(byte mark)
    {
        if (_buffer[_position - 1] == (byte)',') _position--;
        Punctuate(mark);
    }

    public void Raw(scoped ReadOnlySpan<byte> token)
    {
        token.CopyTo(Reserve(token.Length));
        _position += token.Length;
    }

    public void Number(long value)
    {
        value.TryFormat(Reserve(20), out var length, default, CultureInfo.InvariantCulture);
        _position += length;
    }

    public void Number(ulong value)
    {
        value.TryFormat(Reserve(20), out var length, default, CultureInfo.InvariantCulture);
        _position += length;
    }

    public void Number(float value)
    {
        value.TryFormat(Reserve(32), out var length, default, CultureInfo.InvariantCulture);
        _position += length;
    }

    public void Number(double value)
    {
        value.TryFormat(Reserve(32), out var length, default, CultureInfo.InvariantCulture);
        _position += length;
    }

    public void String(scoped ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8)) throw new MessagePackFormatException("A string is not UTF-8.");
        Punctuate((byte)'"');
        if (utf8.IndexOfAny(Escaped) < 0) Raw(utf8);
        else Escape(utf8);
        Punctuate((byte)'"');
    }

    public void Base64String(scoped ReadOnlySpan<byte> bytes)
    {
        Punctuate((byte)'"');
        Base64.EncodeToUtf8(bytes, Reserve(Base64.GetMaxEncodedToUtf8Length(bytes.Length)), out _, out var length);
        _position += length;
        Punctuate((byte)'"');
    }

    private void Escape(scoped ReadOnlySpan<byte> utf8)
    {
        while (utf8.Length > 0)
        {
            // Six bytes is the longest escape of one.
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.EncodeUtf8(utf8, Reserve(Math.Min(utf8.Length, 4096) * 6), out var read, out var written);
            utf8 = utf8[read..];
            _position += written;
        }
    }

    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - _position < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max((long)_position + count, _buffer.Length * 2L), Array.MaxLength));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsSpan(_position);
    }
}
