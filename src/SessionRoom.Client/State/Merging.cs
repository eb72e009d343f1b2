using System.Text.Json;
using System.Text.Json.Nodes;

namespace SessionRoom.Client.State;

/// <summary>RFC 7396: members merge, null removes, everything else replaces.</summary>
internal static class Merging
{
    /// <summary>Folds the patch into the target, in place.</summary>
    public static void Fold(JsonObject target, JsonElement patch)
    {
        foreach (var member in patch.EnumerateObject())
        {
            var (name, change) = (member.Name, member.Value);
            switch (change.ValueKind)
            {
                case JsonValueKind.Null: target.Remove(name); break;
                case JsonValueKind.Object:
                    if (target[name] is not JsonObject inner) target[name] = inner = [];
                    Fold(inner, change);
                    break;
                case JsonValueKind.Array: target[name] = JsonArray.Create(change); break;
                default: target[name] = JsonValue.Create(change); break;
            }
        }
    }
}
