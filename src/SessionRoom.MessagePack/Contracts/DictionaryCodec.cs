using System.Globalization;
using System.Numerics;
using System.Text.Json;
using SessionRoom.MessagePack.Wire;

namespace SessionRoom.MessagePack.Contracts;

internal sealed class DictionaryCodec<TDictionary, TKey, TValue>(
    ContractCodecs contracts, KeyCodec<TKey> keys, Func<Dictionary<TKey, TValue>, TDictionary> build) : Codec<TDictionary>
    where TDictionary : IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    private const int LargestFirstCapacity = 64;

    private readonly bool _refusesDuplicates = !contracts.Options.AllowDuplicateProperties;
    private CodecOf<TValue> _value = new(contracts);

    public override void Write(ref MessagePackWriter writer, TDictionary value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        var start = writer.BeginContainer();
        var count = 0;
        if (value is Dictionary<TKey, TValue> plain)
        {
            // Its enumerator needs no box.
            foreach (var (key, held) in plain)
            {
                keys.Write(ref writer, key);
                _value.Value.Write(ref writer, held);
            }

            count = plain.Count;
        }
        else
        {
            foreach (var (key, held) in value)
            {
                keys.Write(ref writer, key);
                _value.Value.Write(ref writer, held);
                count++;
            }
        }

        writer.EndContainer(start, count, map: true);
    }

    public override TDictionary Read(ref MessagePackReader reader)
    {
        if (default(TDictionary) is null && reader.TryReadNil()) return default!;
        reader.Enter();
        var left = reader.ReadMapHeader();
        var values = new Dictionary<TKey, TValue>(Math.Min(left, LargestFirstCapacity));
        for (; left > 0; left--)
        {
            var key = keys.Read(ref reader);
            if (_refusesDuplicates && values.ContainsKey(key)) throw new JsonException($"The key '{key}' is there twice.");
            values[key] = _value.Value.Read(ref reader);
        }

        reader.Leave();
        return build(values);
    }
}

/// <summary>Keys are strings on the wire whatever they are in .NET, as in JSON.</summary>
internal abstract class KeyCodec<TKey>
{
    public abstract void Write(ref MessagePackWriter writer, TKey key);

    public abstract TKey Read(ref MessagePackReader reader);
}

internal sealed class StringKeyCodec(JsonNamingPolicy? policy) : KeyCodec<string>
{
    public override void Write(ref MessagePackWriter writer, string key) => writer.WriteString(policy is null ? key : policy.ConvertName(key));

    public override string Read(ref MessagePackReader reader) => reader.ReadString();
}

internal sealed class IntegerKeyCodec<TKey>(Codec<TKey> number) : KeyCodec<TKey>
    where TKey : struct, IBinaryInteger<TKey>
{
    public override void Write(ref MessagePackWriter writer, TKey key)
    {
        Span<byte> digits = stackalloc byte[20];
        key.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        writer.WriteUtf8(digits[..length]);
    }

    public override TKey Read(ref MessagePackReader reader) => reader.Kind == TokenKind.Integer
        ? number.Read(ref reader)
        : NumberText.Parse<TKey>(reader.ReadUtf8(), NumberStyles.AllowLeadingSign);
}

internal sealed class GuidKeyCodec(GuidCodec guid) : KeyCodec<Guid>
{
    public override void Write(ref MessagePackWriter writer, Guid key) => guid.Write(ref writer, key);

    public override Guid Read(ref MessagePackReader reader) => guid.Read(ref reader);
}
