using System.Runtime.InteropServices;
using System.Collections.Immutable;
using SessionRoom.MessagePack.Wire;

namespace SessionRoom.MessagePack.Contracts;

/// <summary>Reads the elements of any array into a list whose first capacity a stranger cannot choose.</summary>
internal static class Elements
{
    private const int LargestFirstCapacity = 256;

    public static List<T> Read<T>(ref MessagePackReader reader, Codec<T> codec)
    {
        reader.Enter();
        var left = reader.ReadArrayHeader();
        var list = new List<T>(Math.Min(left, LargestFirstCapacity));
        for (; left > 0; left--) list.Add(codec.Read(ref reader));
        reader.Leave();
        return list;
    }

    public static T[] ReadArray<T>(ref MessagePackReader reader, Codec<T> codec)
    {
        var (position, depth) = (reader.Position, reader.Depth);
        var count = reader.ReadArrayHeader();
        if (count > LargestFirstCapacity)
        {
            reader.Rewind(position, depth);
            return Read(ref reader, codec).ToArray();
        }

        reader.Enter();
        var array = count == 0 ? [] : new T[count];
        for (var i = 0; i < array.Length; i++) array[i] = codec.Read(ref reader);
        reader.Leave();
        return array;
    }

    public static void Write<T>(ref MessagePackWriter writer, ReadOnlySpan<T> values, Codec<T> codec)
    {
        writer.Enter();
        writer.WriteArrayHeader(values.Length);
        foreach (var value in values) codec.Write(ref writer, value);
        writer.Leave();
    }
}

internal sealed class ArrayCodec<T>(ContractCodecs contracts) : Codec<T[]?>
{
    private CodecOf<T> _element = new(contracts);

    public override void Write(ref MessagePackWriter writer, T[]? value)
    {
        if (value is null) writer.WriteNil();
        else Elements.Write<T>(ref writer, value, _element.Value);
    }

    public override T[]? Read(ref MessagePackReader reader) =>
        reader.TryReadNil() ? null : Elements.ReadArray(ref reader, _element.Value);
}

internal sealed class ImmutableArrayCodec<T>(ContractCodecs contracts) : Codec<ImmutableArray<T>>
{
    private CodecOf<T> _element = new(contracts);

    public override void Write(ref MessagePackWriter writer, ImmutableArray<T> value) =>
        Elements.Write(ref writer, value.AsSpan(), _element.Value);

    public override ImmutableArray<T> Read(ref MessagePackReader reader) =>
        ImmutableCollectionsMarshal.AsImmutableArray(Elements.ReadArray(ref reader, _element.Value));
}

internal sealed class EnumerableCodec<TCollection, T>(ContractCodecs contracts, Func<List<T>, TCollection> build) : Codec<TCollection>
    where TCollection : IEnumerable<T>
{
    private CodecOf<T> _element = new(contracts);

    public override void Write(ref MessagePackWriter writer, TCollection value)
    {
        switch (value)
        {
            case null:
                writer.WriteNil();
                break;
            case List<T> list:
                Elements.Write<T>(ref writer, CollectionsMarshal.AsSpan(list), _element.Value);
                break;
            default:
                var start = writer.BeginContainer();
                var count = 0;
                foreach (var element in value)
                {
                    _element.Value.Write(ref writer, element);
                    count++;
                }

                writer.EndContainer(start, count, map: false);
                break;
        }
    }

    public override TCollection Read(ref MessagePackReader reader)
    {
        if (default(TCollection) is null && reader.TryReadNil()) return default!;
        return build(Elements.Read(ref reader, _element.Value));
    }
}
