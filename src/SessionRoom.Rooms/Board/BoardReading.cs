namespace SessionRoom.Rooms;

/// <summary>The board as it is stored: what was written off the record is not in it.</summary>
/// <param name="N">The number of the newest record.</param>
/// <param name="State">The whole state as a v1 update.</param>
public sealed record BoardReading(string Epoch, long N, byte[] State);

/// <summary>What a replica asks for. All absent: the whole board.</summary>
/// <param name="StateVector">What the replica has.</param>
/// <param name="N">It has every record up to this number. Outweighs the state vector.</param>
/// <param name="Step">It has been sent everything up to this step. Outweighs both; where the updates since are not known any more it gets the whole board.</param>
public sealed record BoardAsk(byte[]? StateVector = null, long? N = null, long? Step = null);

/// <summary>What a replica lacks.</summary>
/// <param name="N">The number of the newest record.</param>
/// <param name="Step">Everything up to this step is in it.</param>
/// <param name="Update">A v1 update; absent where <see cref="BoardAsk.N"/> asked for more than is known.</param>
/// <param name="Missing">The room's state vector, for those who named theirs or asked for the whole.</param>
public sealed record BoardAnswer(long N, long Step, byte[]? Update, byte[]? Missing)
{
    /// <summary>The room at the same moment.</summary>
    public RoomSnapshot Room { get; init; } = null!;
}

/// <summary>An update that people get.</summary>
/// <param name="Step">Grows with each one of the process; a later step of a room has a higher one.</param>
/// <param name="N">The number of the newest record; off the record it stands still.</param>
/// <param name="Origin">Who sent it, as given to <see cref="LiveRoom.PushAsync"/>; absent where it came from several.</param>
public sealed record BoardStep(long Step, long N, ReadOnlyMemory<byte> Update, object? Origin);
