using System.Text;

namespace SessionRoom.Crdt;

/// <summary>What an awareness update says of one client.</summary>
/// <param name="Client">The client's id.</param>
/// <param name="Clock">Counts the client's announcements; the highest is believed.</param>
/// <param name="State">The state as JSON text; null says that the client is gone.</param>
public readonly record struct AwarenessEntry(ulong Client, ulong Clock, string? State);

/// <summary>Awareness updates as data, for whoever relays them without taking part.</summary>
/// <remarks>y-protocols 1.0.7, awareness.js: <c>varUint(n) • n × (varUint(client) • varUint(clock) • varString(json))</c>.</remarks>
public static class AwarenessUpdate
{
    internal const string Gone = "null";

    /// <summary>The entries in order, or null if the bytes are malformed or a state is not JSON.</summary>
    public static IReadOnlyList<AwarenessEntry>? Decode(ReadOnlySpan<byte> update)
    {
        var reader = new ByteReader(update);
        var count = reader.Count(least: 3);
        var entries = new List<AwarenessEntry>(count);
        for (; count > 0 && !reader.Failed; count--)
        {
            var (client, clock) = (reader.VarUInt(), reader.VarUInt());
            var json = reader.Text();
            if (reader.Failed || clock == ByteReader.MaxNumber || !JsonText.IsValid(json, AnyCodec.DeepestPossible)) return null;
            entries.Add(new(client, clock, json.SequenceEqual("null"u8) ? null : Encoding.UTF8.GetString(json)));
        }
        return reader.Failed || !reader.AtEnd ? null : entries;
    }

    /// <summary>The update that announces these.</summary>
    public static byte[] Encode(IReadOnlyCollection<AwarenessEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var writer = new ByteWriter();
        writer.VarUInt(entries.Count);
        foreach (var (client, clock, state) in entries)
        {
            writer.VarUInt(client);
            writer.VarUInt(clock);
            writer.String(state ?? Gone);
        }
        return writer.ToArray();
    }
}
