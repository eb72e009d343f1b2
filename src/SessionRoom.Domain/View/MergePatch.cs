using System.Text.Json;
using System.Text.Json.Nodes;

namespace SessionRoom.Domain;

/// <summary>JSON merge patch, RFC 7396: members are merged, null removes, everything else replaces.</summary>
public static class MergePatch
{
    /// <summary>Writes the patch from one object to another. Neither may hold null, which the format cannot say.</summary>
    /// <remarks>Both are written by the same serialiser, so that what is the same reads the same, byte for byte, and no member's name is escaped.</remarks>
    public static void Write(Utf8JsonWriter patch, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        ArgumentNullException.ThrowIfNull(patch);
        patch.WriteStartObject();
        var were = new Members(before);
        var are = new Members(after);
        while (were.Next())
            if (!are.Find(were.Name)) patch.WriteNull(were.Name);
        were = new(before);
        are = new(after);
        while (are.Next())
        {
            var known = were.Find(are.Name);
            if (known && were.Value.SequenceEqual(are.Value)) continue;
            patch.WritePropertyName(are.Name);
            if (known && were.Value[0] == '{' && are.Value[0] == '{') Write(patch, were.Value, are.Value);
            else patch.WriteRawValue(are.Value, skipInputValidation: true);
        }
        patch.WriteEndObject();
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

    /// <summary>The members of an object, one after the other.</summary>
    private ref struct Members
    {
        private readonly ReadOnlySpan<byte> json;
        private Utf8JsonReader reader;

        public Members(ReadOnlySpan<byte> json)
        {
            this.json = json;
            reader = new(json);
            reader.Read();
        }

        public ReadOnlySpan<byte> Name { get; private set; }
        public ReadOnlySpan<byte> Value { get; private set; }

        public bool Next()
        {
            if (!reader.Read() || reader.TokenType == JsonTokenType.EndObject) return false;
            Name = reader.ValueSpan;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            Value = json[start..(int)reader.BytesConsumed];
            return true;
        }

        /// <summary>Finds the member with this name: mostly the next, for both objects name their members in the same order.</summary>
        public bool Find(ReadOnlySpan<byte> name)
        {
            var here = this;
            if (Next() && Name.SequenceEqual(name)) return true;
            this = new(json);
            while (Next())
                if (Name.SequenceEqual(name)) return true;
            this = here;
            return false;
        }
    }
}
