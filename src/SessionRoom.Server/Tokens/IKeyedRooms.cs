namespace SessionRoom.Server;

/// <summary>How many rooms each key has.</summary>
/// <remarks>A room is noted before it is made, so a crash in between can only count one too many.</remarks>
internal interface IKeyedRooms
{
    /// <summary>Notes the room; false, and nothing is noted, when the key has as many as it may.</summary>
    ValueTask<bool> TryAddAsync(ApiKey key, string room);

    ValueTask<bool> HasAsync(ApiKey key, string room);

    /// <summary>The rooms of the key of that id.</summary>
    ValueTask<IReadOnlyCollection<string>> AllAsync(string key);

    /// <param name="madeBy">Who made the room: nothing happens where that was no key.</param>
    /// <param name="room">The room's id.</param>
    ValueTask RemoveAsync(string madeBy, string room);
}
