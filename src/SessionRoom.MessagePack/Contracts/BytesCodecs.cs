using System.Buffers.Text;
using System.Text.Json;
using SessionRoom.MessagePack.Wire;

namespace SessionRoom.MessagePack.Contracts;

/// <summary>Bytes travel as bin. Where the contract says bytes, the base64 text of a JSON-minded peer is taken too.</summary>
internal sealed class ByteArrayCodec : Codec<byte[]?>
{
    public override void Write(ref MessagePackWriter writer, byte[]? value)
    {
        if (value is null) writer.WriteNil();
        else writer.WriteBinary(value);
    }

    public override byte[]? Read(ref MessagePackReader reader) => reader.Kind switch
    {
        TokenKind.Nil when reader.TryReadNil() => null,
        TokenKind.String => FromBase64(reader.ReadUtf8()),
        _ => Copy(reader.ReadBinary()),
    };

    // Zeroing what is overwritten at once would cost as much as the copy.
    private static byte[] Copy(ReadOnlySpan<byte> binary)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(binary.Length);
        binary.CopyTo(bytes);
        return bytes;
    }

    private static byte[] FromBase64(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        var status = Base64.DecodeFromUtf8(text, bytes, out _, out var written);
        return status == System.Buffers.OperationStatus.Done
            ? bytes.AsSpan(0, written).ToArray()
            : throw new JsonException("A string in the place of bytes is not base64.");
    }
}

internal sealed class ReadOnlyMemoryCodec(ByteArrayCodec bytes) : Codec<ReadOnlyMemory<byte>>
{
    public override void Write(ref MessagePackWriter writer, ReadOnlyMemory<byte> value) => writer.WriteBinary(value);

    public override ReadOnlyMemory<byte> Read(ref MessagePackReader reader) => bytes.Read(ref reader);
}

internal sealed class MemoryCodec(ByteArrayCodec bytes) : Codec<Memory<byte>>
{
    public override void Write(ref MessagePackWriter writer, Memory<byte> value) => writer.WriteBinary(value);

    public override Memory<byte> Read(ref MessagePackReader reader) => bytes.Read(ref reader);
}
