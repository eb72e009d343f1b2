using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SessionRoom.MessagePack.Wire;

namespace SessionRoom.MessagePack.Contracts;

/// <summary>A base type whose contract names derived types: the discriminator is written first, and read wherever it stands.</summary>
internal sealed class PolymorphicCodec<T> : Codec<T>
    where T : class
{
    private readonly IMemberCodec _base;
    private readonly JsonUnknownDerivedTypeHandling _unknown;
    private readonly bool _ignoresUnknownDiscriminator;
    private readonly byte[] _name;
    private readonly Dictionary<Type, Derived> _byType = [];
    private readonly Dictionary<string, Derived> _byText = new(StringComparer.Ordinal);
    private readonly Dictionary<int, Derived> _byNumber = [];

    public PolymorphicCodec(JsonPolymorphismOptions options, IMemberCodec self, Func<Type, IMemberCodec> membersOf)
    {
        _base = self;
        _unknown = options.UnknownDerivedTypeHandling;
        _ignoresUnknownDiscriminator = options.IgnoreUnrecognizedTypeDiscriminators;
        _name = Encoding.UTF8.GetBytes(options.TypeDiscriminatorPropertyName);
        foreach (var type in options.DerivedTypes)
        {
            var derived = new Derived(type.DerivedType == typeof(T) ? self : membersOf(type.DerivedType), Pair(type.TypeDiscriminator));
            _byType.Add(type.DerivedType, derived);
            if (type.TypeDiscriminator is string text) _byText.Add(text, derived);
            else if (type.TypeDiscriminator is int number) _byNumber.Add(number, derived);
        }
    }

    public override void Write(ref MessagePackWriter writer, T? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        var derived = Resolve(value.GetType());
        if (derived is null) _base.WriteMembers(ref writer, value, []);
        else derived.Members.WriteMembers(ref writer, value, derived.Discriminator);
    }

    public override T Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil()) return null!;
        return (T)(FindDiscriminated(ref reader)?.Members ?? _base).ReadMembers(ref reader, _name);
    }

    private Derived? Resolve(Type type)
    {
        if (_byType.TryGetValue(type, out var derived)) return derived;
        if (type == typeof(T) || _unknown == JsonUnknownDerivedTypeHandling.FallBackToBaseType) return null;
        if (_unknown == JsonUnknownDerivedTypeHandling.FallBackToNearestAncestor)
        {
            for (var ancestor = type.BaseType; ancestor is not null && ancestor != typeof(T); ancestor = ancestor.BaseType)
            {
                if (_byType.TryGetValue(ancestor, out derived)) return derived;
            }

            return _byType.GetValueOrDefault(typeof(T));
        }

        throw new NotSupportedException($"{type} is not among the derived types that the contract of {typeof(T)} names.");
    }

    private Derived? FindDiscriminated(ref MessagePackReader reader)
    {
        var (position, depth) = (reader.Position, reader.Depth);
        Derived? found = null;
        for (var left = reader.ReadMapHeader(); left > 0; left--)
        {
            if (!IsDiscriminator(ref reader))
            {
                reader.SkipValue();
                continue;
            }

            found = reader.Kind == TokenKind.String
                ? _byText.GetValueOrDefault(reader.ReadString())
                : _byNumber.GetValueOrDefault(int.CreateSaturating(reader.ReadInt64()));
            if (found is null && !_ignoresUnknownDiscriminator) throw new JsonException($"A discriminator names no type derived from {typeof(T).Name}.");
            break;
        }

        reader.Rewind(position, depth);
        return found;
    }

    private bool IsDiscriminator(ref MessagePackReader reader)
    {
        if (reader.Kind == TokenKind.String) return reader.ReadUtf8().SequenceEqual(_name);
        reader.SkipValue();
        return false;
    }

    private byte[] Pair(object? discriminator)
    {
        using var writer = new MessagePackWriter(1);
        if (discriminator is null) return [];
        writer.WriteUtf8(_name);
        if (discriminator is string text) writer.WriteString(text);
        else writer.WriteInt64((int)discriminator);
        return writer.Written.ToArray();
    }

    private sealed record Derived(IMemberCodec Members, byte[] Discriminator);
}
