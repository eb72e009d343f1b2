using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace SessionRoom.MessagePack.Contracts;

/// <summary>Makes the codec of an object, list or dictionary from its contract, if the contract can be seen through:
/// extension data, reference handling, populated members and number handling of a single type or member are left to the serializer.</summary>
internal sealed class ContractShape<T>(JsonTypeInfo<T> contract, ContractCodecs contracts)
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    /// <returns>Null where the value has to go through JSON.</returns>
    public Codec<T>? TryMake()
    {
        if (contract.Options.ReferenceHandler is not null || contract.NumberHandling is not null) return null;
        return contract.Kind switch
        {
            JsonTypeInfoKind.Object => Object(),
            JsonTypeInfoKind.Enumerable when contract.PolymorphismOptions is null => Enumerable(),
            JsonTypeInfoKind.Dictionary when contract.PolymorphismOptions is null => Dictionary(),
            _ => null,
        };
    }

    private Codec<T>? Object()
    {
        if (Members() is not { } self) return null;
        if (contract.PolymorphismOptions is not { } options) return self;
        var derived = new Dictionary<Type, IMemberCodec>();
        foreach (var type in options.DerivedTypes.Select(derived => derived.DerivedType).Where(type => type != typeof(T)))
        {
            var shape = ContractCodecs.New(typeof(ContractShape<>).MakeGenericType(type), contracts.Options.GetTypeInfo(type), contracts);
            if (ContractCodecs.Call(shape, shape.GetType().GetMethod(nameof(Members), Own)!) is not IMemberCodec members) return null;
            derived.Add(type, members);
        }

        Func<Type, IMemberCodec> membersOf = type => derived[type];
        return (Codec<T>)ContractCodecs.Create(typeof(PolymorphicCodec<>).MakeGenericType(typeof(T)), options, self, membersOf);
    }

    private ObjectContractCodec<T>? Members()
    {
        var populates = (contract.PreferredPropertyObjectCreationHandling ?? contract.Options.PreferredObjectCreationHandling)
            == JsonObjectCreationHandling.Populate;
        if (contract.Kind != JsonTypeInfoKind.Object || populates || contract.Properties.Any(IsOpaque)) return null;
        if (contract.CreateObject is null && contract.ConstructorAttributeProvider is ConstructorInfo constructor
            && constructor.GetParameters().Any(parameter => parameter.ParameterType.IsByRef)) return null;
        return new ObjectContractCodec<T>(contract, [.. contract.Properties.Select(Property)]);
    }

    private static bool IsOpaque(JsonPropertyInfo property) =>
        property.IsExtensionData || property.NumberHandling is not null || property.ObjectCreationHandling == JsonObjectCreationHandling.Populate;

    private ContractProperty Property(JsonPropertyInfo property)
    {
        var own = property.CustomConverter is { } converter ? OwnCodec(property.PropertyType, converter) : null;
        return (ContractProperty)ContractCodecs.New(typeof(ContractProperty<>).MakeGenericType(property.PropertyType), property, contracts, own);
    }

    private Codec OwnCodec(Type type, JsonConverter converter)
    {
        var underlying = Nullable.GetUnderlyingType(type);
        if (underlying is not null && !converter.CanConvert(type))
            return ContractCodecs.Create(typeof(NullableCodec<>).MakeGenericType(underlying), contracts, OwnCodec(underlying, converter));
        if (converter is JsonConverterFactory factory) converter = factory.CreateConverter(type, contracts.Options)!;
        return (Codec)ContractCodecs.Call(this, GetType().GetMethod(nameof(ValueCodec), Own)!.MakeGenericMethod(type), converter)!;
    }

    private Codec<TValue> ValueCodec<TValue>(JsonConverter converter)
    {
        var value = JsonMetadataServices.CreateValueInfo<TValue>(contracts.Options, converter);
        return contracts.For(value);
    }

    private Codec<T>? Enumerable()
    {
        var element = contract.ElementType!;
        return typeof(IEnumerable<>).MakeGenericType(element).IsAssignableFrom(typeof(T))
            ? (Codec<T>?)Collection(nameof(CollectionCodecs.Enumerable), typeof(T), element)
            : null;
    }

    private Codec<T>? Dictionary()
    {
        var (key, value) = (contract.KeyType!, contract.ElementType!);
        return typeof(IEnumerable<>).MakeGenericType(typeof(KeyValuePair<,>).MakeGenericType(key, value)).IsAssignableFrom(typeof(T))
            ? (Codec<T>?)Collection(nameof(CollectionCodecs.Dictionary), typeof(T), key, value)
            : null;
    }

    private object? Collection(string kind, params Type[] types) =>
        ContractCodecs.Call(null, typeof(CollectionCodecs).GetMethod(kind)!.MakeGenericMethod(types), contract, contracts);
}
