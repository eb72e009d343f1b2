using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SessionRoom.MessagePack.Wire;

namespace SessionRoom.MessagePack.Contracts;

/// <summary>An object as a map of its contract's members. The polymorphic codec adds a discriminator to it.</summary>
internal interface IMemberCodec
{
    /// <param name="writer">Takes the map.</param>
    /// <param name="value">An object of the contract's type.</param>
    /// <param name="discriminator">A name and value to write first; empty for none.</param>
    void WriteMembers(ref MessagePackWriter writer, object value, scoped ReadOnlySpan<byte> discriminator);

    /// <param name="reader">Stands on the map.</param>
    /// <param name="ignoredName">A name that is no member and still no surprise.</param>
    object ReadMembers(ref MessagePackReader reader, scoped ReadOnlySpan<byte> ignoredName);
}

internal sealed class ObjectContractCodec<T> : Codec<T>, IMemberCodec
{
    private readonly JsonTypeInfo<T> _contract;
    private readonly ContractProperties _properties;
    private readonly Func<object?[], object>? _construct;
    private readonly Func<T>? _create;
    private readonly object?[] _defaults;
    private readonly bool _refusesUnknown;
    private readonly bool _refusesDuplicates;

    public ObjectContractCodec(JsonTypeInfo<T> contract, ContractProperty[] properties)
    {
        _contract = contract;
        var options = contract.Options;
        _properties = new ContractProperties(properties, options.PropertyNameCaseInsensitive);
        _refusesUnknown = (contract.UnmappedMemberHandling ?? options.UnmappedMemberHandling) == JsonUnmappedMemberHandling.Disallow;
        _refusesDuplicates = !options.AllowDuplicateProperties;
        _defaults = [];
        _create = contract.CreateObject;
        if (_create is not null) return;
        // A generated contract calls a constructor where it sets members in an initializer; a struct may have none to call.
        if (contract.ConstructorAttributeProvider is not ConstructorInfo constructor)
        {
            if (typeof(T).IsValueType) _create = static () => default!;
            return;
        }

        _construct = TypedAccessor.Constructor(constructor);
        _defaults = [.. constructor.GetParameters().Select(DefaultOf)];
    }

    public override void Write(ref MessagePackWriter writer, T value)
    {
        if (value is null) writer.WriteNil();
        else WriteMembers(ref writer, value, []);
    }

    public override T Read(ref MessagePackReader reader)
    {
        if (default(T) is null && reader.TryReadNil()) return default!;
        return (T)ReadMembers(ref reader, []);
    }

    public void WriteMembers(ref MessagePackWriter writer, object value, scoped ReadOnlySpan<byte> discriminator)
    {
        _contract.OnSerializing?.Invoke(value);
        var start = writer.BeginContainer();
        var count = 0;
        if (discriminator.Length > 0)
        {
            writer.WriteRaw(discriminator);
            count = 1;
        }

        foreach (var property in _properties.All)
        {
            if (property.Write(ref writer, value)) count++;
        }

        writer.EndContainer(start, count, map: true);
        _contract.OnSerialized?.Invoke(value);
    }

    public object ReadMembers(ref MessagePackReader reader, scoped ReadOnlySpan<byte> ignoredName)
    {
        reader.Enter();
        var left = reader.ReadMapHeader();
        Span<ulong> seen = stackalloc ulong[(_properties.All.Length >> 6) + 1];
        seen.Clear();
        var created = _construct is null
            ? ReadCreated(ref reader, left, seen, ignoredName)
            : ReadConstructed(ref reader, left, seen, ignoredName);
        reader.Leave();
        return created;
    }

    private object ReadCreated(ref MessagePackReader reader, int left, scoped Span<ulong> seen, scoped ReadOnlySpan<byte> ignoredName)
    {
        var create = _create
            ?? throw new NotSupportedException($"{typeof(T)} cannot be read: its contract names no way to create it.");
        object value = create()!;
        _contract.OnDeserializing?.Invoke(value);
        for (var expected = 0; left > 0; left--)
        {
            if (Next(ref reader, ref expected, seen, ignoredName) is { } property) property.ReadInto(ref reader, value);
        }

        _properties.RequireAll(seen);
        _contract.OnDeserialized?.Invoke(value);
        return value;
    }

    private object ReadConstructed(ref MessagePackReader reader, int left, scoped Span<ulong> seen, scoped ReadOnlySpan<byte> ignoredName)
    {
        var arguments = _defaults.AsSpan().ToArray();
        List<(ContractProperty Property, object? Value)>? later = null;
        for (var expected = 0; left > 0; left--)
        {
            if (Next(ref reader, ref expected, seen, ignoredName) is not { } property) continue;
            if (property.Position >= 0) arguments[property.Position] = property.ReadBoxed(ref reader);
            else (later ??= []).Add((property, property.ReadBoxed(ref reader)));
        }

        _properties.RequireAll(seen);
        var value = _construct!(arguments);
        _contract.OnDeserializing?.Invoke(value);
        foreach (var (property, held) in later ?? []) property.Set(value, held);
        _contract.OnDeserialized?.Invoke(value);
        return value;
    }

    /// <summary>Reads a name. If nothing takes its value, steps over that and returns null.</summary>
    private ContractProperty? Next(ref MessagePackReader reader, ref int expected, scoped Span<ulong> seen, scoped ReadOnlySpan<byte> ignoredName)
    {
        if (reader.Kind != TokenKind.String)
        {
            reader.SkipValue();
            reader.SkipValue();
            return null;
        }

        var name = reader.ReadUtf8();
        var index = _properties.Find(name, expected);
        if (index < 0)
        {
            if (_refusesUnknown && !name.SequenceEqual(ignoredName))
                throw new JsonException($"'{MessagePackReader.Decode(name)}' is not a member of {typeof(T).Name}.");
            reader.SkipValue();
            return null;
        }

        expected = index + 1;
        var bit = 1UL << index;
        if (_refusesDuplicates && (seen[index >> 6] & bit) != 0) throw new JsonException($"'{_properties.All[index].Name}' is there twice.");
        seen[index >> 6] |= bit;
        if (_properties.All[index].IsRead) return _properties.All[index];
        reader.SkipValue();
        return null;
    }

    private static object? DefaultOf(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        var given = parameter.HasDefaultValue ? parameter.DefaultValue : null;
        if (given is not null) return plain.IsEnum ? Enum.ToObject(plain, given) : given;
        return type.IsValueType && plain == type ? System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type) : null;
    }
}
