namespace SessionRoom.Rooms;

/// <summary>The log could not be read or written. The message names no content.</summary>
public class RoomLogException : Exception
{
    public RoomLogException() { }
    public RoomLogException(string message) : base(message) { }
    public RoomLogException(string message, Exception? inner) : base(message, inner) { }
}

/// <summary>A stored record that this version cannot read: an unknown event, malformed JSON, or a hole in the sequence.</summary>
public sealed class UnreadableRecordException : RoomLogException
{
    public UnreadableRecordException() { }
    public UnreadableRecordException(string message) : base(message) { }
    public UnreadableRecordException(string message, Exception? inner) : base(message, inner) { }
    public UnreadableRecordException(string room, long seq, Exception? inner = null)
        : base($"room {room}: record {seq} cannot be read", inner) => (Room, Seq) = (room, seq);

    public string Room { get; } = "";
    public long Seq { get; }
}
