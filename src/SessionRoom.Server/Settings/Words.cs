using System.Text.Json;
using SessionRoom.Domain;

namespace SessionRoom.Server;

/// <summary>The wire's names of the domain's enums.</summary>
internal static class Words
{
    public static string Of(Role role) => JsonNamingPolicy.CamelCase.ConvertName(role.ToString());

    public static string Of(Place place) => JsonNamingPolicy.CamelCase.ConvertName(place.ToString());

    public static string Of(RefusalCode code) => JsonNamingPolicy.SnakeCaseLower.ConvertName(code.ToString());

    public static Role? Role(string? word) => Find<Role>(word, Of);

    public static Place? Place(string? word) => Find<Place>(word, Of);

    private static T? Find<T>(string? word, Func<T, string> name) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            if (name(value) == word) return value;
        return null;
    }
}
