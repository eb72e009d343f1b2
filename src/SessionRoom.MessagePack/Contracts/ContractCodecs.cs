using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SessionRoom.MessagePack.Dynamic;

namespace SessionRoom.MessagePack.Contracts;

/// <summary>The codecs of one set of serializer options, each made when its type is first met. This is where reflection
/// happens; the codecs themselves call delegates.</summary>
internal sealed class ContractCodecs
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly ConcurrentDictionary<Type, Codec> _codecs = new();

    public ContractCodecs(JsonSerializerOptions options)
    {
        options.MakeReadOnly(populateMissingResolver: true);
        Options = options;
        MaxDepth = options.MaxDepth == 0 ? 64 : options.MaxDepth;
    }

    public JsonSerializerOptions Options { get; }

    public int MaxDepth { get; }

    private bool NumbersFromStrings => Options.NumberHandling.HasFlag(JsonNumberHandling.AllowReadingFromString);

    public Codec<T> Get<T>() => (Codec<T>)Get(typeof(T));

    public Codec Get(Type type) => _codecs.TryGetValue(type, out var known) ? known : _codecs.GetOrAdd(type, Make(type));

    /// <summary>How keys of a type are written; null where only the serializer knows.</summary>
    public KeyCodec<TKey>? KeyOf<TKey>()
    {
        if (!IsBuiltIn(typeof(TKey))) return null;
        object? codec = default(TKey) switch
        {
            _ when typeof(TKey) == typeof(string) => new StringKeyCodec(Options.DictionaryKeyPolicy),
            Guid => new GuidKeyCodec(new GuidCodec()),
            int => new IntegerKeyCodec<int>(Get<int>()),
            long => new IntegerKeyCodec<long>(Get<long>()),
            uint => new IntegerKeyCodec<uint>(Get<uint>()),
            ulong => new IntegerKeyCodec<ulong>(Get<ulong>()),
            short => new IntegerKeyCodec<short>(Get<short>()),
            ushort => new IntegerKeyCodec<ushort>(Get<ushort>()),
            byte => new IntegerKeyCodec<byte>(Get<byte>()),
            sbyte => new IntegerKeyCodec<sbyte>(Get<sbyte>()),
            _ => null,
        };
        return (KeyCodec<TKey>?)codec;
    }

    /// <summary>The codec of a contract that may not be its type's own: a member can name a converter for itself.</summary>
    public Codec<T> For<T>(JsonTypeInfo<T> contract)
    {
        var throughJson = new ThroughJsonCodec<T>(contract);
        if (!IsOfSerializer(contract.Converter)) return throughJson;
        if (typeof(T).IsEnum) return EnumCodec(contract, throughJson);
        return contract.Kind == JsonTypeInfoKind.None ? throughJson : new ContractShape<T>(contract, this).TryMake() ?? throughJson;
    }

    private Codec Make(Type type)
    {
        if (typeof(JsonNode).IsAssignableFrom(type)) return Create(typeof(JsonNodeCodec<>).MakeGenericType(NodeType(type)), this);
        if (IsBuiltIn(type))
        {
            if (Scalar(type) is { } scalar) return scalar;
            if (Nullable.GetUnderlyingType(type) is { } value) return Create(typeof(NullableCodec<>).MakeGenericType(value), this, null);
        }

        var contract = Options.GetTypeInfo(type);
        return (Codec)Call(this, Generic(nameof(For), type), contract)!;
    }

    private Codec? Scalar(Type type)
    {
        var plain = !Options.NumberHandling.HasFlag(JsonNumberHandling.WriteAsString);
        var finite = plain && !Options.NumberHandling.HasFlag(JsonNumberHandling.AllowNamedFloatingPointLiterals);
        if (type == typeof(string)) return new StringCodec();
        if (type == typeof(bool)) return new BooleanCodec();
        if (type == typeof(byte[])) return new ByteArrayCodec();
        if (type == typeof(ReadOnlyMemory<byte>)) return new ReadOnlyMemoryCodec(new ByteArrayCodec());
        if (type == typeof(Memory<byte>)) return new MemoryCodec(new ByteArrayCodec());
        if (type == typeof(int) && plain) return new IntegerCodec<int>(NumbersFromStrings);
        if (type == typeof(long) && plain) return new IntegerCodec<long>(NumbersFromStrings);
        if (type == typeof(uint) && plain) return new IntegerCodec<uint>(NumbersFromStrings);
        if (type == typeof(short) && plain) return new IntegerCodec<short>(NumbersFromStrings);
        if (type == typeof(ushort) && plain) return new IntegerCodec<ushort>(NumbersFromStrings);
        if (type == typeof(byte) && plain) return new IntegerCodec<byte>(NumbersFromStrings);
        if (type == typeof(sbyte) && plain) return new IntegerCodec<sbyte>(NumbersFromStrings);
        if (type == typeof(ulong) && plain) return new UInt64Codec(NumbersFromStrings);
        if (type == typeof(decimal) && plain) return new DecimalCodec();
        if (type == typeof(double) && finite) return new DoubleCodec(NumbersFromStrings);
        if (type == typeof(float) && finite) return new SingleCodec(NumbersFromStrings);
        if (type == typeof(char)) return new CharCodec();
        if (type == typeof(Guid)) return new GuidCodec();
        if (type == typeof(JsonElement)) return new JsonElementCodec();
        if (type == typeof(object)) return new ObjectCodec(this);
        if (type == typeof(DateTime)) return new DateTimeCodec(Text(JsonMetadataServices.DateTimeConverter));
        if (type == typeof(DateTimeOffset)) return new DateTimeOffsetCodec(Text(JsonMetadataServices.DateTimeOffsetConverter));
        return null;
    }

    private ThroughJsonCodec<T> Text<T>(JsonConverter<T> converter) => new(JsonMetadataServices.CreateValueInfo<T>(Options, converter));

    private Codec<T> EnumCodec<T>(JsonTypeInfo<T> contract, Codec<T> throughJson)
    {
        var type = typeof(T);
        var names = Call(null, Generic(nameof(Names), type), contract);
        if (names is true) return (Codec<T>)Create(typeof(NamedEnumCodec<>).MakeGenericType(type), contract, throughJson);
        var number = Get(Enum.GetUnderlyingType(type));
        return number.GetType().GetGenericTypeDefinition() == typeof(ThroughJsonCodec<>)
            ? throughJson
            : (Codec<T>)Create(typeof(NumericEnumCodec<,>).MakeGenericType(type, Enum.GetUnderlyingType(type)), number);
    }

    private static bool Names<T>(JsonTypeInfo<T> contract)
        where T : struct, Enum => NamedEnumCodec<T>.Names(contract);

    // A context that describes only the application's types says nothing about the base library's: those mean what they always do.
    private bool IsBuiltIn(Type type) => !Options.TryGetTypeInfo(type, out var contract) || IsOfSerializer(contract.Converter);

    private static bool IsOfSerializer(JsonConverter converter) => converter.GetType().Assembly == typeof(JsonSerializer).Assembly;

    // The concrete node types have internal subclasses.
    private static Type NodeType(Type type) =>
        typeof(JsonValue).IsAssignableFrom(type) ? typeof(JsonValue) : type;

    internal static Codec Create(Type type, params object?[] arguments) => (Codec)New(type, arguments);

    /// <summary>Makes an instance; what its constructor throws comes out as it is.</summary>
    internal static object New(Type type, params object?[] arguments) =>
        Activator.CreateInstance(type, Any | BindingFlags.CreateInstance | BindingFlags.DoNotWrapExceptions, null, arguments, null)!;

    /// <summary>Calls a method; what it throws comes out as it is.</summary>
    internal static object? Call(object? target, MethodInfo method, params object?[] arguments) =>
        method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null);

    private static MethodInfo Generic(string name, params Type[] types) => typeof(ContractCodecs).GetMethod(name, Any)!.MakeGenericMethod(types);
}
