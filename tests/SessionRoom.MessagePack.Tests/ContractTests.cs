using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SessionRoom.MessagePack.Tests.Support;

namespace SessionRoom.MessagePack.Tests;

/// <summary>A contract type reads the same in MessagePack as in JSON.</summary>
public class ContractTests
{
    private static readonly MessagePackHubProtocol Room = Frames.Speaking(Shapes.Room);
    private static readonly JsonSerializerOptions Generated = ShapesContext.Default.Options;

    public static TheoryData<string> Contracts => ["reflected", "generated"];

    private static JsonSerializerOptions Options(string contracts) => contracts == "generated" ? Generated : Shapes.Room;

    public static Shapes.Person Ann { get; } = new("Ann", Shapes.Role.NoteTaker, true, new Shapes.Hand("topic", 1_700_000_000_000), 0)
    {
        Place = "remote",
        Tags = ["a", "b"],
        Note = "ž",
    };

    public static Shapes.Everything Full { get; } = new()
    {
        People = ImmutableDictionary<string, Shapes.Person>.Empty.Add("p1", Ann).Add("p2", Ann with { Hand = null, Share = 0.25, Talk = 9 }),
        Points = [new(1, -2), new(int.MaxValue, 0)],
        Roles = [Shapes.Role.Facilitator, Shapes.Role.Member],
        ByNumber = new() { [-1] = ["x", null], [40] = [] },
        ById = new() { [Guid.Parse("00000000-0000-0000-0000-000000000001")] = 255 },
        Set = [1, 2],
        Bytes = [1, 2, 3],
        Memory = new byte[] { 4 },
        Inner = new() { Letter = 'ž' },
        Node = new JsonObject { ["a"] = new JsonArray(1, "two", null), ["when"] = null },
        Element = JsonElement.Parse("""{"x":[1.5]}"""),
        Any = JsonElement.Parse("\"any\""),
        Rights = Shapes.Rights.Speak | Shapes.Rights.Write,
        Money = 12.34m,
        Id = Guid.Parse("6f9619ff-8b86-d011-b42d-00cf4fc964ff"),
        When = DateTimeOffset.UnixEpoch.AddDays(20_000),
        Span = TimeSpan.FromSeconds(90),
        Real = 0.5f,
        Big = ulong.MaxValue,
        Link = new Uri("https://example.org/"),
        Nested = [[1], [], [2, 3]],
    };

    [Fact]
    public void names_enums_and_absent_members_are_those_of_json()
    {
        const string Expected = """{"name":"Ann","role":"noteTaker","online":true,"hand":{"intent":"topic","at":1700000000000},"turns":0,"place":"remote","tags":["a","b"],"x-note":"ž","upper":"ANN"}""";
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Expected), Room.Carry<JsonNode>(Ann)));
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void every_kind_of_member_is_read_back(string contracts)
    {
        var protocol = Frames.Speaking(Options(contracts));
        AssertSame(Full, protocol.Carry<Shapes.Everything>(Full), Options(contracts));
        AssertSame(new Shapes.Everything(), protocol.Carry<Shapes.Everything>(new Shapes.Everything()), Options(contracts));
        AssertSame(Ann, protocol.Carry<Shapes.Person>(Ann), Options(contracts));
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void members_may_come_in_any_order_case_and_company(string contracts)
    {
        var protocol = Frames.Speaking(Options(contracts));
        var sent = JsonElement.Parse("""{"PLACE":"inRoom","unknown":[{"x":1}],"online":false,"role":"facilitator","hand":null,"NAME":"Bo"}""");
        var expected = new Shapes.Person("Bo", Shapes.Role.Facilitator, false) { Place = "inRoom" };
        AssertSame(expected, protocol.Carry<Shapes.Person>(sent), Options(contracts));
        Assert.Equal(3, protocol.Carry<Shapes.Person>(sent)!.Turns);
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void a_required_member_must_be_there(string contracts)
    {
        var protocol = Frames.Speaking(Options(contracts));
        protocol.Refuses<Shapes.Person>(protocol.ValueHex(JsonElement.Parse("""{"name":"Bo","role":"member","online":true}""")));
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void a_derived_type_is_named_by_its_discriminator(string contracts)
    {
        var protocol = Frames.Speaking(Options(contracts));
        ImmutableArray<Shapes.Event> events = [new Shapes.Raised("ann", "order"), new Shapes.Moved("bo", 1, 2), new Shapes.Numbered("cy")];
        object sent = contracts == "generated" ? events[0] : events;
        if (contracts == "reflected") Assert.Equal(events.ToArray(), protocol.Carry<ImmutableArray<Shapes.Event>>(sent).ToArray());
        var late = JsonElement.Parse("""{"from":1,"by":"bo","to":2,"type":"queue.moved"}""");
        Assert.Equal(events[1], protocol.Carry<Shapes.Event>(late));
        Assert.Equal(events[2], protocol.Carry<Shapes.Event>(JsonElement.Parse("""{"type":7,"by":"cy"}""")));
        protocol.Refuses<Shapes.Event>(protocol.ValueHex(JsonElement.Parse("""{"type":"nope","by":"x"}""")));
        protocol.Refuses<Shapes.Event>(protocol.ValueHex(JsonElement.Parse("""{"by":"x"}""")));
    }

    [Fact]
    public void the_discriminator_is_written_first()
    {
        Assert.StartsWith("9183a474797065ab68616e642e726169736564", Room.ValueHex(new Shapes.Event[] { new Shapes.Raised("ann", "order") }), StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => Room.ValueHex(new Shapes.Event[] { new Shapes.Unnamed("x") }));
    }

    [Theory]
    [MemberData(nameof(Contracts))]
    public void a_converter_that_cannot_be_seen_through_goes_round_by_json(string contracts)
    {
        var protocol = Frames.Speaking(Options(contracts));
        var tickets = new Shapes.Tickets(new(1), new(2), new() { [new(3)] = new(4, 5) }) { Named = Shapes.Role.NoteTaker };
        Assert.Equal(
            """{"first":"T1","second":"T2","all":{"T3":{"x":4,"y":5}},"named":"NoteTaker"}""",
            protocol.Carry<JsonElement>(tickets).GetRawText());
        AssertSame(tickets, protocol.Carry<Shapes.Tickets>(tickets), Options(contracts));
        AssertSame(tickets with { Second = null, Named = null }, protocol.Carry<Shapes.Tickets>(tickets with { Second = null, Named = null }), Options(contracts));
    }

    [Fact]
    public void extension_data_goes_round_by_json()
    {
        var sent = JsonElement.Parse("""{"known":1,"more":{"x":[1]}}""");
        var read = Room.Carry<Shapes.Extended>(sent)!;
        Assert.Equal("""{"x":[1]}""", read.Rest!["more"].GetRawText());
        Assert.Equal(sent.GetRawText(), Room.Carry<JsonElement>(read).GetRawText());
    }

    [Fact]
    public void an_accessor_that_an_application_put_in_is_used()
    {
        var options = new JsonSerializerOptions(Shapes.Room)
        {
            TypeInfoResolver = new DefaultJsonTypeInfoResolver().WithAddedModifier(contract =>
            {
                if (contract.Type != typeof(Shapes.Point)) return;
                var (x, y) = (contract.Properties[0], contract.Properties[1]);
                y.Get = x.Get;
                x.Get = _ => 77;
                y.ShouldSerialize = (_, value) => value is not 5;
            }),
        };
        var protocol = Frames.Speaking(options);
        Assert.Equal("""{"x":77,"y":1}""", protocol.Carry<JsonElement>(new Shapes.Point(1, 2)).GetRawText());
        Assert.Equal("""{"x":77}""", protocol.Carry<JsonElement>(new Shapes.Point(5, 2)).GetRawText());
    }

    [Fact]
    public void the_strictness_of_the_options_is_kept()
    {
        var strict = new JsonSerializerOptions(Shapes.Room)
        {
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            NumberHandling = JsonNumberHandling.Strict,
        };
        var protocol = Frames.Speaking(strict);
        var point = Frames.Stock.ValueHex(new Shapes.Point(1, 2));
        Assert.Equal(new Shapes.Point(1, 2), protocol.ReadValue<Shapes.Point>(point));
        protocol.Refuses<Shapes.Point>("81 a17a 01");
        protocol.Refuses<Shapes.Point>("82 a178 01 a178 01");
        protocol.Refuses<Shapes.Point>("81 a178 a131");
        protocol.Refuses<Dictionary<string, int>>("82 a178 01 a178 01");
        protocol.Refuses<Shapes.Hand>("81 a6696e74656e74 a178");
        protocol.Refuses<Shapes.Hand>("82 a6696e74656e74 c0 a26174 01");
        Assert.Equal(new Shapes.Point(1, 0), Room.ReadValue<Shapes.Point>("82 a178 a131 a17a c3"));
    }

    [Fact]
    public void the_default_contracts_are_those_of_the_json_protocol()
    {
        Assert.Equal("""{"name":"Ann","role":1}""", Frames.Stock.Carry<JsonElement>(new { Name = "Ann", Role = Shapes.Role.NoteTaker }).GetRawText());
        Assert.Equal(Shapes.Role.NoteTaker, Frames.Stock.ReadValue<Shapes.Role>("01"));
    }

    [Theory]
    [InlineData("noteTaker")]
    [InlineData("NOTETAKER")]
    [InlineData(1)]
    public void an_enum_is_read_from_what_json_takes(object sent) =>
        Assert.Equal(Shapes.Role.NoteTaker, Room.Carry<Shapes.Role>(sent));

    [Fact]
    public void a_type_without_a_contract_is_refused_as_json_refuses_it() =>
        Assert.Throws<NotSupportedException>(() => Frames.Speaking(Generated).ValueHex(new { Unlisted = 1 }));

    [Fact]
    public void many_threads_may_meet_a_type_first() => Parallel.For(0, 200, _ =>
    {
        var fresh = Frames.Speaking(Shapes.Room);
        Parallel.For(0, 4, _ => AssertSame(Full, fresh.Carry<Shapes.Everything>(Full), Shapes.Room));
    });

    [Fact]
    public void an_unknown_enum_name_is_refused() => Room.Refuses<Shapes.Role>("a178");

    private static void AssertSame<T>(T expected, T? actual, JsonSerializerOptions options) =>
        Assert.Equal(JsonSerializer.Serialize(expected, options), JsonSerializer.Serialize(actual, options));
}
