using Microsoft.AspNetCore.Authorization;
using SessionRoom.Domain;

namespace SessionRoom.Server;

/// <summary>Who may reach which room.</summary>
internal static class Access
{
    /// <summary>The policy of whatever is for a person's token only.</summary>
    public const string People = "people";

    /// <summary>Nobody in particular: rooms that were made without a key.</summary>
    public const string House = "house";

    public static void AddPolicies(AuthorizationOptions options) => options.AddPolicy(People, policy => policy.RequireAssertion(context => context.User.Token() is not null));

    /// <summary>A key may act on the rooms that it made, and on no others.</summary>
    public static bool Owns(ApiKey key, RoomState room) => room.MadeBy == key.Name;

    /// <summary>A token that a key's holder signed opens that key's rooms; one of the server's own opens the room that it names.</summary>
    public static bool Opens(PersonToken token, RoomState room) => token.KeyId is not { } keyId || room.MadeBy == $"key:{keyId}";

    /// <summary>The role that the room gives this person now; before they first arrive, their token's.</summary>
    public static Role RoleOf(PersonToken token, RoomState room) => room.People.TryGetValue(token.Pid, out var person) ? person.Role : token.Role;
}
