using System.Text.Json.Nodes;

namespace SessionRoom.Domain;

/// <summary>JSON merge patch, RFC 7396: members are merged, null removes, everything else replaces.</summary>
public static class MergePatch
{
    /// <summary>The patch from one object to another. Neither may hold null, which the format cannot say.</summary>
    public static JsonObject Between(JsonObject before, JsonObject after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var patch = new JsonObject();
        foreach (var (key, _) in before)
            if (!after.ContainsKey(key)) patch[key] = null;
        foreach (var (key, value) in after)
        {
            if (!before.TryGetPropertyValue(key, out var was)) patch[key] = value?.DeepClone();
            else if (was is JsonObject wasObject && value is JsonObject isObject)
            {
                if (Between(wasObject, isObject) is { Count: > 0 } part) patch[key] = part;
            }
            else if (!JsonNode.DeepEquals(was, value)) patch[key] = value?.DeepClone();
        }
        return patch;
    }

    /// <summary>The target with the patch applied; the patch stays as it is.</summary>
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes) return patch?.DeepClone();
        var result = target as JsonObject ?? [];
        foreach (var (key, value) in changes)
        {
            if (value is null) result.Remove(key);
            else
            {
                var merged = Apply(result[key], value);
                if (!ReferenceEquals(merged, result[key])) result[key] = merged;
            }
        }
        return result;
    }
}
