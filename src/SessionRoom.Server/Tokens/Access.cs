using Microsoft.AspNetCore.Authorization;
using SessionRoom.Domain;

namespace SessionRoom.Server;

/// <summary>Who may reach which room.</summary>
internal static class Access
{
    /// <summary>The policy of whatever is for a person's token only.</summary>
    public const string People = "people";

    public static void AddPolicies(AuthorizationOptions options) => options.AddPolicy(People, policy => policy.RequireAssertion(context => context.User.Token() is not null));

    /// <summary>A key may act on the rooms that it made, and on no others.</summary>
    public static bool Owns(ApiKey key, RoomState room) => room.MadeBy == key.Name;

    /// <summary>Why the token does not open the room that it names; null when it does. A token that a key's holder signed opens that key's rooms only.</summary>
    /// <remarks>An id is free again once its room was deleted: a token of that room does not open the next of the name. Tokens count in whole seconds.</remarks>
    public static Refusal? Refuses(PersonToken token, RoomState room)
    {
        if (token.KeyId is { } keyId && room.MadeBy != $"key:{keyId}") return new(RefusalCode.Forbidden, "this key did not make the room");
        var grace = token.KeyId is null ? 0 : (long)TokenReader.Skew.TotalSeconds;
        if ((token.IssuedAt / 1_000) + grace < room.CreatedAt / 1_000) return new(RefusalCode.Forbidden, "this token is older than the room");
        return room.People.TryGetValue(token.Pid, out var person) && person.SeatOf is not null ? new(RefusalCode.Forbidden, "a seat is acted for by its device") : null;
    }

    /// <summary>The role that the room gives this person now; before they first arrive, their token's.</summary>
    public static Role RoleOf(PersonToken token, RoomState room) => room.People.TryGetValue(token.Pid, out var person) ? person.Role : token.Role;
}
