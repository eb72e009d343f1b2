using SessionRoom.MessagePack.Wire;

namespace SessionRoom.MessagePack.Contracts;

internal sealed class NullableCodec<T>(ContractCodecs contracts, Codec<T>? own) : Codec<T?>
    where T : struct
{
    private CodecOf<T> _value = new(contracts, own);

    public override void Write(ref MessagePackWriter writer, T? value)
    {
        if (value is { } present) _value.Value.Write(ref writer, present);
        else writer.WriteNil();
    }

    public override T? Read(ref MessagePackReader reader) => reader.TryReadNil() ? null : _value.Value.Read(ref reader);
}
