using System.Buffers.Text;
using System.Security.Cryptography;

namespace SessionRoom.Server;

/// <summary>What names rooms, keys and people may have, and where new ones come from.</summary>
internal static class Ids
{
    public const int Longest = 64;

    /// <summary>1 to 64 of <c>A-Z a-z 0-9 _ -</c>.</summary>
    public static bool IsRoomId(string id) => id.Length is >= 1 and <= Longest && id.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '_' or '-');

    /// <summary>1 to 64 of <c>A-Z a-z 0-9 . _ @ | + -</c>, the first a letter or digit; not <c>house</c>, which is what deadlines act as.</summary>
    /// <remarks>Ids are keys of the served state: one like <c>__proto__</c> must not reach a browser.</remarks>
    public static bool IsPersonId(string id) => id.Length is >= 1 and <= Longest && char.IsAsciiLetterOrDigit(id[0]) && id is not "house"
        && id.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '.' or '_' or '@' or '|' or '+' or '-');

    /// <summary>96 random bits in 16 characters.</summary>
    public static string NewRoom() => Random(12);

    /// <summary>72 random bits behind a <c>p</c>.</summary>
    public static string NewPerson() => "p" + Random(9);

    /// <summary>192 random bits in 32 characters.</summary>
    public static string NewInvite() => Random(24);

    private static string Random(int bytes) => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));
}
