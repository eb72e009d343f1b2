using SessionRoom.MessagePack.Wire;

namespace SessionRoom.MessagePack.Contracts;

/// <summary>Writes and reads the values of one type. Made once per type and serializer options; safe to share.</summary>
internal abstract class Codec
{
    /// <summary>Writes a value whose type is known only at run time; <paramref name="value"/> is of the codec's type.</summary>
    public abstract void WriteObject(ref MessagePackWriter writer, object? value);

    /// <summary>Reads a value and boxes it.</summary>
    public abstract object? ReadObject(ref MessagePackReader reader);
}

internal abstract class Codec<T> : Codec
{
    public abstract void Write(ref MessagePackWriter writer, T value);

    public abstract T Read(ref MessagePackReader reader);

    public sealed override void WriteObject(ref MessagePackWriter writer, object? value)
    {
        if (value is null) writer.WriteNil();
        else Write(ref writer, (T)value);
    }

    public sealed override object? ReadObject(ref MessagePackReader reader) => Read(ref reader);
}

/// <summary>The codec of a member or element, looked up when first used: contracts may contain themselves.</summary>
internal struct CodecOf<T>(ContractCodecs contracts, Codec<T>? own = null)
{
    private Codec<T>? _codec = own;

    public Codec<T> Value => _codec ??= contracts.Get<T>();
}
