using System.Runtime.InteropServices;
using System.Text;

namespace SessionRoom.Rooms;

/// <summary>What one append to a board's log stores, and what a snapshot of it holds.</summary>
/// <param name="Claims">CRDT client ids and the participants whom they belong to; in a record those that were used for the first time.</param>
/// <param name="Burnt">Client ids that wrote off the record what was thrown away: nothing more is taken under them.</param>
/// <param name="Update">A v1 update; of a snapshot the whole state.</param>
/// <remarks><c>version = 1 (byte) • count • (client id • participant id)* • count • client id* • update</c>: numbers are LEB128, a participant id is its UTF-8 length and bytes.</remarks>
internal sealed record BoardRecord(IReadOnlyCollection<KeyValuePair<ulong, string>> Claims, IReadOnlyCollection<ulong> Burnt, ReadOnlyMemory<byte> Update)
{
    private const byte Version = 1;

    public byte[] Encode()
    {
        var bytes = new MemoryStream(Update.Length + 16 + (Claims.Count * 32) + (Burnt.Count * 6));
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Version);
        writer.Write7BitEncodedInt(Claims.Count);
        foreach (var (client, pid) in Claims)
        {
            writer.Write7BitEncodedInt64((long)client);
            writer.Write(pid);
        }
        writer.Write7BitEncodedInt(Burnt.Count);
        foreach (var client in Burnt) writer.Write7BitEncodedInt64((long)client);
        writer.Write(Update.Span);
        return bytes.ToArray();
    }

    /// <exception cref="UnreadableRecordException">The record is not what this version writes.</exception>
    public static BoardRecord Decode(string room, StoredRecord stored)
    {
        try
        {
            var bytes = MemoryMarshal.TryGetArray(stored.Bytes, out var part) ? new MemoryStream(part.Array!, part.Offset, part.Count, writable: false) : new MemoryStream(stored.Bytes.ToArray());
            using var reader = new BinaryReader(bytes, Encoding.UTF8);
            if (reader.ReadByte() != Version) throw new FormatException();
            var claims = new List<KeyValuePair<ulong, string>>();
            for (var left = reader.Read7BitEncodedInt(); left > 0; left--) claims.Add(new((ulong)reader.Read7BitEncodedInt64(), reader.ReadString()));
            var burnt = new List<ulong>();
            for (var left = reader.Read7BitEncodedInt(); left > 0; left--) burnt.Add((ulong)reader.Read7BitEncodedInt64());
            return new(claims, burnt, stored.Bytes[(int)bytes.Position..]);
        }
        catch (Exception problem) when (problem is IOException or FormatException or ArgumentException) { throw new UnreadableRecordException(room, stored.Seq, problem); }
    }
}
