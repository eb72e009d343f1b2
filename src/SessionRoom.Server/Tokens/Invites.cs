using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using SessionRoom.Domain;

namespace SessionRoom.Server;

/// <summary>What opens a room to whoever holds it. The room keeps only the SHA-256; the links carry the invite itself.</summary>
internal static class Invites
{
    private static readonly ImmutableArray<Role> Roles = [Role.Facilitator, Role.Member, Role.Observer, Role.Projector];

    public static (ImmutableDictionary<Role, string> Links, ImmutableDictionary<Role, string> Hashes) Make()
    {
        var invites = Roles.ToImmutableDictionary(role => role, _ => Ids.NewInvite());
        return (invites, invites.ToImmutableDictionary(pair => pair.Key, pair => Hash(pair.Value)));
    }

    /// <summary>The role that the invite opens; null for none. Takes as long for a wrong invite as for a right one.</summary>
    public static Role? Find(RoomState room, string invite)
    {
        var hash = Encoding.ASCII.GetBytes(Hash(invite));
        Role? found = null;
        foreach (var (role, expected) in room.Invites)
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), hash)) found = role;
        return found;
    }

    private static string Hash(string invite) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(invite)));
}
