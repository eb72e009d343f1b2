using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace SessionRoom.MessagePack.Benchmarks;

internal sealed record PatchFrame(long Seq, long At, JsonElement Events, JsonElement Patch);

internal sealed record BoardFrame(long N, byte[] Update);

internal sealed record JoinReply(int Protocol, string You, string Epoch, long Seq, long Now, JsonElement State, byte[]? Board = null, byte[]? Missing = null);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PatchFrame))]
[JsonSerializable(typeof(BoardFrame))]
[JsonSerializable(typeof(JoinReply))]
internal sealed partial class ShapesJson : JsonSerializerContext;

/// <summary>A message of the room, what the receiver expects, and what the sender sends.</summary>
internal sealed record Shape(string Name, HubMessage Message, Type Expected);

/// <summary>The room's real messages.</summary>
internal static class Shapes
{
    public static IReadOnlyList<Shape> All { get; } =
    [
        new("state snapshot, 50 people", CompletionMessage.WithResult("7", Snapshot(50)), typeof(JoinReply)),
        new("patch", Invoke("patch", Patch()), typeof(PatchFrame)),
        new("board update, 60 B", Invoke("board", Board(60)), typeof(BoardFrame)),
        new("board update, 16 kB", Invoke("board", Board(16 * 1024)), typeof(BoardFrame)),
    ];

    private static InvocationMessage Invoke(string target, object argument) => new(null, target, [argument]);

    private static BoardFrame Board(int length)
    {
        var update = new byte[length];
        new Random(1).NextBytes(update);
        return new BoardFrame(1234, update);
    }

    private static PatchFrame Patch() => new(
        4321,
        1_795_000_000_123,
        JsonElement.Parse("""[{"type":"hand.raised","by":"p_4fGk29","pid":"p_4fGk29","intent":"question","at":1795000000120,"entryId":"e_77Qa"}]"""),
        JsonElement.Parse("""{"people":{"p_4fGk29":{"hand":{"intent":"question","at":1795000000120}}},"queue":{"entries":[{"id":"e_77Qa","pid":"p_4fGk29","intent":"question","at":1795000000120,"pinned":false,"why":{"intent":"question","turns":1,"talkMs":48211,"at":1795000000120,"pinned":false}}]}}"""));

    private static JoinReply Snapshot(int count)
    {
        var (people, entries) = (new JsonObject(), new JsonArray());
        for (var i = 0; i < count; i++)
        {
            var id = "p_" + i.ToString("x6", CultureInfo.InvariantCulture);
            people[id] = new JsonObject
            {
                ["name"] = $"Participant {i}",
                ["role"] = i == 0 ? "facilitator" : "member",
                ["place"] = i % 3 == 0 ? "inRoom" : "remote",
                ["online"] = true,
                ["agreed"] = true,
                ["hand"] = i % 5 == 0 ? new JsonObject { ["intent"] = "topic", ["at"] = 1_795_000_000_000 + i } : null,
                ["turns"] = i % 7,
                ["talkMs"] = i * 1371,
            };
            if (i % 5 != 0) continue;
            entries.Add(new JsonObject
            {
                ["id"] = $"e_{i}",
                ["pid"] = id,
                ["intent"] = "topic",
                ["at"] = 1_795_000_000_000 + i,
                ["pinned"] = false,
                ["why"] = new JsonObject { ["intent"] = "topic", ["turns"] = i % 7, ["talkMs"] = i * 1371, ["at"] = 1_795_000_000_000 + i, ["pinned"] = false },
            });
        }

        var state = new JsonObject
        {
            ["room"] = new JsonObject { ["id"] = "r_1", ["title"] = "Weekly planning", ["stage"] = "live", ["startedAt"] = 1_794_999_000_000, ["offRecord"] = false },
            ["people"] = people,
            ["timer"] = new JsonObject { ["status"] = "running", ["durationMs"] = 300_000, ["endsAt"] = 1_795_000_200_000 },
            ["queue"] = new JsonObject { ["open"] = true, ["entries"] = entries },
        };
        var board = Board(4000).Update;
        return new JoinReply(1, "p_000001", "0f8fad5bd9cb469fa16570867728950e", 4320, 1_795_000_000_000, JsonSerializer.SerializeToElement(state), board, board[..40]);
    }
}
