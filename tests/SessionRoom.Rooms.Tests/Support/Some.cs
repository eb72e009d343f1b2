using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using SessionRoom.Domain;

namespace SessionRoom.Rooms.Tests;

/// <summary>Plain makings of tests.</summary>
internal static class Some
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    public static readonly Caller Fay = Caller.Person("fay");
    public static readonly Caller Key = Caller.Key("acme");

    public static RoomCreated Room(string id = "r1") => new(id, "A circle", new RoomSettings(), [], ImmutableDictionary<Role, string>.Empty);

    public static Arrive Arrival(string pid, Role role = Role.Member) => new(pid, $"Name of {pid}", role, Place.Remote);

    public static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    public static JsonNode View(RoomState state) => JsonSerializer.SerializeToNode(RoomView.Of(state), typeof(RoomView), RoomJson.Default)!;

    public static int Seed => int.TryParse(Environment.GetEnvironmentVariable("SEED"), out var seed) ? seed : Random.Shared.Next();
}
