using System.Collections.Frozen;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SessionRoom.MessagePack.Wire;

namespace SessionRoom.MessagePack.Contracts;

/// <summary>An enum that the contract writes as strings. What each defined value is called was asked of the contract
/// once; combinations of flags, other spellings and numbers go the long way round through JSON.</summary>
internal sealed class NamedEnumCodec<T> : Codec<T>
    where T : struct, Enum
{
    private readonly FrozenDictionary<T, byte[]> _names;
    private readonly (byte[] Name, T Value)[] _values;
    private readonly Codec<T> _throughJson;

    public NamedEnumCodec(JsonTypeInfo<T> contract, Codec<T> throughJson)
    {
        _throughJson = throughJson;
        _values = [.. Enum.GetValues<T>().Distinct()
            .Select(value => (JsonSerializer.SerializeToElement(value, contract), value))
            .Where(pair => pair.Item1.ValueKind == JsonValueKind.String)
            .Select(pair => (System.Text.Encoding.UTF8.GetBytes(pair.Item1.GetString()!), pair.value))];
        _names = _values.ToFrozenDictionary(pair => pair.Value, pair => pair.Name);
    }

    /// <summary>Whether the contract writes this enum as strings.</summary>
    public static bool Names(JsonTypeInfo<T> contract) =>
        Enum.GetValues<T>() is [var first, ..] && JsonSerializer.SerializeToElement(first, contract).ValueKind == JsonValueKind.String;

    public override void Write(ref MessagePackWriter writer, T value)
    {
        if (_names.TryGetValue(value, out var name)) writer.WriteUtf8(name);
        else _throughJson.Write(ref writer, value);
    }

    public override T Read(ref MessagePackReader reader)
    {
        var (position, depth) = (reader.Position, reader.Depth);
        if (reader.Kind == TokenKind.String)
        {
            var text = reader.ReadUtf8();
            foreach (var (name, value) in _values)
            {
                if (text.SequenceEqual(name)) return value;
            }
        }

        reader.Rewind(position, depth);
        return _throughJson.Read(ref reader);
    }
}

/// <summary>An enum that the contract writes as numbers.</summary>
internal sealed class NumericEnumCodec<T, TNumber>(Codec<TNumber> number) : Codec<T>
    where T : struct, Enum
    where TNumber : struct, IBinaryInteger<TNumber>
{
    public override void Write(ref MessagePackWriter writer, T value) => number.Write(ref writer, Unsafe.BitCast<T, TNumber>(value));

    public override T Read(ref MessagePackReader reader) => Unsafe.BitCast<TNumber, T>(number.Read(ref reader));
}
