using System.Text.Json;
using System.Text.Json.Nodes;

namespace SessionRoom.LoadTests.Circle;

/// <summary>Something that somebody does.</summary>
/// <param name="At">Minutes after the beginning.</param>
/// <param name="Who">A name, or <c>everyone</c>.</param>
/// <param name="Do">A command's type; <c>write</c>: an edit of the board; <c>away</c>: without a network for <paramref name="Minutes"/>.</param>
/// <param name="Fields">The command's; <c>$name</c> in a text is whoever does it.</param>
internal sealed record Step(double At, string Who, string Do, JsonObject? Fields = null, double Minutes = 0);

/// <summary>A session as it goes, from <c>circle.json</c>.</summary>
/// <param name="People">Roles by name.</param>
internal sealed record Script(double Minutes, IReadOnlyDictionary<string, string> People, IReadOnlyList<Step> Steps)
{
    public static Script Read() => JsonSerializer.Deserialize<Script>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Circle", "circle.json")), JsonSerializerOptions.Web)!;

    /// <summary>What one of the people does, in order.</summary>
    public IEnumerable<Step> Of(string name) => Steps.Where(step => step.Who == name || step.Who == "everyone");
}
