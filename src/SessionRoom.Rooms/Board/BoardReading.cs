namespace SessionRoom.Rooms;

/// <summary>A room's board as it is stored: what was written off the record is not in it.</summary>
/// <param name="Epoch">Names the log that <paramref name="N"/> counts.</param>
/// <param name="N">The number of the newest stored update; 0 for a board that nobody wrote on.</param>
/// <param name="State">The whole state as a CRDT update of format v1; the empty update where there is none.</param>
public sealed record BoardReading(string Epoch, long N, byte[] State);
