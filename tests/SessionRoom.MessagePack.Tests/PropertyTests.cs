using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.SignalR.Protocol;
using SessionRoom.MessagePack.Tests.Support;
using Xunit.Abstractions;

namespace SessionRoom.MessagePack.Tests;

/// <summary>Whatever is written is read back, and JSON and MessagePack of one value decode to equal values.</summary>
public class PropertyTests(ITestOutputHelper output)
{
    private static readonly MessagePackHubProtocol Room = Frames.Speaking(Shapes.Room);
    private static readonly JsonHubProtocol Json = new(Microsoft.Extensions.Options.Options.Create(
        new Microsoft.AspNetCore.SignalR.JsonHubProtocolOptions { PayloadSerializerOptions = Shapes.Room }));

    [Fact]
    public void numbers_of_every_type_come_back() => Check(Gen.Choose(0, 63).SelectMany(bits => ArbMap.Default.GeneratorFor<long>().Select(value => value >> bits)), value =>
        Same<long>(value) && Same<int>((int)value) && Same<short>((short)value) && Same<sbyte>((sbyte)value)
        && Same<ulong>((ulong)value) && Same<uint>((uint)value) && Same<ushort>((ushort)value) && Same<byte>((byte)value)
        && Same<decimal>(value) && Same<decimal>(value / 1000m) && Same<int?>((int)value));

    [Fact]
    public void floats_come_back() => Check(ArbMap.Default.GeneratorFor<double>(), value =>
        !double.IsFinite(value) || (Same<double>(value) && (!float.IsFinite((float)value) || Same<float>((float)value))));

    [Fact]
    public void decimals_come_back() => Check(ArbMap.Default.GeneratorFor<decimal>(), value => Same<decimal>(value));

    [Fact]
    public void strings_and_bytes_come_back() => Check(Texts(), value =>
        Same<string>(value) && Room.Carry<byte[]>(System.Text.Encoding.UTF8.GetBytes(value))!.AsSpan().SequenceEqual(System.Text.Encoding.UTF8.GetBytes(value)));

    [Fact]
    public void times_come_back() => Check(ArbMap.Default.GeneratorFor<DateTime>(), value =>
        Same<DateTime>(DateTime.SpecifyKind(value, DateTimeKind.Utc)) && Same<DateTimeOffset>(new DateTimeOffset(value.Ticks, TimeSpan.Zero)));

    [Fact]
    public void contracts_decode_from_json_and_messagepack_to_equal_values() => Check(Everythings(), value =>
    {
        var fromMessagePack = Room.Carry<Shapes.Everything>(value);
        var fromJson = Json.Carry<Shapes.Everything>(value);
        return Text(value) == Text(fromMessagePack) && Text(fromJson) == Text(fromMessagePack);
    });

    [Fact]
    public void documents_decode_from_json_and_messagepack_to_equal_values() => Check(Documents(4), value =>
    {
        var element = JsonSerializer.SerializeToElement(value);
        return JsonNode.DeepEquals(value, Room.Carry<JsonNode>(value))
            && JsonNode.DeepEquals(value, Room.Carry<JsonNode>(element))
            && JsonElement.DeepEquals(Json.Carry<JsonElement>(element), Room.Carry<JsonElement>(element))
            && Room.ValueHex(value) == Room.ValueHex(element);
    });

    [Fact]
    public void messages_come_back() => Check(Messages(), message =>
    {
        var bytes = Room.GetMessageBytes(message).ToArray();
        var binder = new TestBinder { Method = (message as HubMethodInvocationMessage)?.Target ?? "", Parameters = [typeof(string), typeof(long)], Item = typeof(long), Result = typeof(long) };
        return Room.GetMessageBytes(Room.Parse(bytes, binder)).Span.SequenceEqual(bytes);
    });

    private void Check<T>(Gen<T> values, Func<T, bool> holds)
    {
        var seed = Seed.Next(output);
        var config = Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay((ulong)seed, 1);
        Prop.ForAll(values.ToArbitrary(), holds).Check(config);
    }

    private static bool Same<T>(T value) => EqualityComparer<T>.Default.Equals(value, Room.Carry<T>(value)) && EqualityComparer<T>.Default.Equals(value, Json.Carry<T>(value));

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, Shapes.Room);

    // A decimal that travels as a float keeps its value and loses the zeros behind it.
    private static decimal WithoutTrailingZeros(decimal value) => value / 1.000000000000000000000000000000000m;

    private static Gen<string> Texts() => Gen.Frequency(
        (4, Gen.Elements("a", "ž", "\n", "\"", "\\", "🐎", "\u0000", "\u2028", "<", "x y").ListOf().Select(string.Concat)),
        (1, Gen.Choose(0, 70_000).Select(length => new string('é', length))));

    private static Gen<T?> OrNull<T>(Gen<T> values)
        where T : class => Gen.Frequency((1, Gen.Constant((T?)null)), (3, values.Select(value => (T?)value)));

    private static Gen<JsonNode?> Documents(int depth)
    {
        var leaves = Gen.OneOf(
            Texts().Where(text => text.Length < 1000).Select(text => (JsonNode?)JsonValue.Create(text)),
            ArbMap.Default.GeneratorFor<long>().Select(number => (JsonNode?)JsonValue.Create(number)),
            ArbMap.Default.GeneratorFor<ulong>().Select(number => (JsonNode?)JsonValue.Create(number)),
            ArbMap.Default.GeneratorFor<double>().Where(double.IsFinite).Select(number => (JsonNode?)JsonNode.Parse(number.ToString("R", CultureInfo.InvariantCulture))),
            Gen.Elements<JsonNode?>(null, JsonValue.Create(true), JsonValue.Create(false)));
        if (depth == 0) return leaves.Select(leaf => leaf?.DeepClone());
        var inner = Documents(depth - 1);
        return Gen.OneOf(
            leaves.Select(leaf => leaf?.DeepClone()),
            Gen.Choose(0, 20).SelectMany(count => inner.ListOf(count)).Select(items => (JsonNode?)new JsonArray([.. items])),
            Gen.Choose(0, 20).SelectMany(count => inner.ListOf(count)).Select(items => (JsonNode?)new JsonObject(
                items.Select((item, index) => KeyValuePair.Create($"k\"{index}é", item)))));
    }

    private static Gen<Shapes.Person> People() =>
        from name in Texts().Where(text => text.Length < 100)
        from role in Gen.Elements(Enum.GetValues<Shapes.Role>())
        from online in ArbMap.Default.GeneratorFor<bool>()
        from at in ArbMap.Default.GeneratorFor<long>()
        from note in OrNull(Texts())
        from hand in OrNull(Gen.Constant(new Shapes.Hand("topic", at)))
        select new Shapes.Person(name, role, online, hand, (int)at, at % 2 == 0 ? null : at / 8.0) { Place = "remote", Note = note, Talk = (int)(at % 3), Tags = [name] };

    private static Gen<Shapes.Everything> Everythings() =>
        from people in People().ListOf()
        from numbers in ArbMap.Default.GeneratorFor<int>().ListOf()
        from money in ArbMap.Default.GeneratorFor<decimal>().Select(WithoutTrailingZeros)
        from id in ArbMap.Default.GeneratorFor<Guid>()
        from node in Documents(2)
        from rights in Gen.Choose(0, 5)
        from when in Gen.Choose(0, int.MaxValue)
        select new Shapes.Everything
        {
            People = people.Select((person, index) => (person, index)).ToImmutableDictionary(pair => $"p{pair.index}", pair => pair.person, StringComparer.Ordinal),
            Points = [.. numbers.Select(number => new Shapes.Point(number, -number))],
            Roles = [.. people.Select(person => person.Role)],
            ByNumber = numbers.Distinct().ToDictionary(number => number, number => new List<string?> { number.ToString(CultureInfo.InvariantCulture), null }),
            Set = [.. numbers.Select(number => (long)number << 20)],
            Bytes = [.. numbers.Select(number => (byte)number)],
            Money = money,
            Id = id,
            Node = node as JsonObject,
            Element = node is null ? null : JsonSerializer.SerializeToElement(node),
            Rights = (Shapes.Rights)rights,
            When = DateTimeOffset.UnixEpoch.AddTicks(when * 1_000_000L),
            Nested = [[.. numbers], []],
        };

    private static Gen<HubMessage> Messages() =>
        from id in Gen.Elements("1", "xyz", "é", new string('i', 300))
        from target in Texts().Where(text => text.Length is > 0 and < 1000)
        from text in OrNull(Texts())
        from number in ArbMap.Default.GeneratorFor<long>()
        from headers in Gen.Choose(0, 20)
        from kind in Gen.Choose(0, 10)
        select Headed(Message(kind, id, target, text, number), headers);

    private static HubMessage Message(int kind, string id, string target, string? text, long number) => kind switch
    {
        0 => new InvocationMessage(id, target, [text, number], ["s1", id]),
        1 => new InvocationMessage(null, target, [text, number]),
        2 => new StreamInvocationMessage(id, target, [text, number], [id]),
        3 => new StreamItemMessage(id, number),
        4 => CompletionMessage.WithError(id, target),
        5 => CompletionMessage.WithResult(id, number),
        6 => CompletionMessage.Empty(id),
        7 => new CancelInvocationMessage(id),
        8 => new CloseMessage(text, number % 2 == 0),
        9 => new AckMessage(number & long.MaxValue),
        _ => new SequenceMessage(number & long.MaxValue),
    };

    private static HubMessage Headed(HubMessage message, int headers)
    {
        if (message is HubInvocationMessage call && headers > 0)
            call.Headers = Enumerable.Range(0, headers).ToDictionary(i => $"h{i}", i => new string('v', i), StringComparer.Ordinal);
        return message;
    }
}
