using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SessionRoom.MessagePack.Wire;

namespace SessionRoom.MessagePack.Contracts;

/// <summary>One member of an object contract: its name as it stands on the wire and how its value is got and set.</summary>
internal abstract class ContractProperty
{
    protected ContractProperty(JsonPropertyInfo contract)
    {
        Name = contract.Name;
        Utf8Name = Encoding.UTF8.GetBytes(contract.Name);
        using var writer = new MessagePackWriter(1);
        writer.WriteUtf8(Utf8Name);
        Key = writer.Written.ToArray();
        IsRequired = contract.IsRequired;
        Position = contract.AssociatedParameter is { IsMemberInitializer: false } parameter ? parameter.Position : -1;
    }

    public string Name { get; }

    public byte[] Utf8Name { get; }

    /// <summary>The name with its string header.</summary>
    public byte[] Key { get; }

    public bool IsRequired { get; }

    /// <summary>Which constructor parameter takes the value; -1 if it is set afterwards.</summary>
    public int Position { get; }

    /// <summary>Whether a received value has anywhere to go.</summary>
    public abstract bool IsRead { get; }

    /// <summary>Writes name and value, or nothing.</summary>
    /// <returns>Whether it wrote.</returns>
    public abstract bool Write(ref MessagePackWriter writer, object owner);

    public abstract void ReadInto(ref MessagePackReader reader, object owner);

    public abstract object? ReadBoxed(ref MessagePackReader reader);

    public abstract void Set(object owner, object? value);
}

internal sealed class ContractProperty<T> : ContractProperty
{
    private readonly Func<object, T>? _get;
    private readonly Action<object, T>? _set;
    private readonly Func<object, T?, bool>? _isWritten;
    private readonly bool _omitsDefault;
    private readonly bool _refusesNullOnWrite;
    private readonly bool _refusesNullOnRead;
    private CodecOf<T> _codec;

    public ContractProperty(JsonPropertyInfo contract, ContractCodecs contracts, Codec<T>? own)
        : base(contract)
    {
        _codec = new CodecOf<T>(contracts, own);
        var (get, set, should) = (contract.Get, contract.Set, contract.ShouldSerialize);
        _get = TypedAccessor.Unwrap<Func<object, T>>(get) ?? (get is null ? null : owner => (T)get(owner)!);
        _set = contract.AssociatedParameter is { IsMemberInitializer: true }
            ? TypedAccessor.Initializer<T>(contract.AttributeProvider)
            : TypedAccessor.Unwrap<Action<object, T>>(set) ?? (set is null ? null : (owner, value) => set(owner, value));
        _isWritten = TypedAccessor.Unwrap<Func<object, T?, bool>>(should)
            ?? (should is null ? null : (owner, value) => should(owner, value));
        _omitsDefault = should is null && contracts.Options.DefaultIgnoreCondition switch
        {
            JsonIgnoreCondition.WhenWritingNull => default(T) is null,
            JsonIgnoreCondition.WhenWritingDefault => true,
            _ => false,
        };
        var strict = contracts.Options.RespectNullableAnnotations && default(T) is null;
        _refusesNullOnWrite = strict && !contract.IsGetNullable;
        _refusesNullOnRead = strict && !contract.IsSetNullable;
    }

    public override bool IsRead => _set is not null || Position >= 0;

    public override bool Write(ref MessagePackWriter writer, object owner)
    {
        if (_get is null) return false;
        var value = _get(owner);
        if (_isWritten is not null)
        {
            if (!_isWritten(owner, value)) return false;
        }
        else if (_omitsDefault && (default(T) is null ? value is null : EqualityComparer<T>.Default.Equals(value, default)))
        {
            return false;
        }

        if (_refusesNullOnWrite && value is null) throw new JsonException($"'{Name}' must not be null.");
        writer.WriteRaw(Key);
        _codec.Value.Write(ref writer, value);
        return true;
    }

    public override void ReadInto(ref MessagePackReader reader, object owner) => _set!(owner, Read(ref reader));

    public override object? ReadBoxed(ref MessagePackReader reader) => Read(ref reader);

    public override void Set(object owner, object? value) => _set!(owner, (T)value!);

    private T Read(ref MessagePackReader reader)
    {
        var value = _codec.Value.Read(ref reader);
        if (_refusesNullOnRead && value is null) throw new JsonException($"'{Name}' must not be null.");
        return value;
    }
}
