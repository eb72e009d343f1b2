namespace SessionRoom.Rooms;

// Stands in until the room has a board.
public sealed partial class LiveRoom
{
    public Task<BoardReading> ReadBoardAsync(CancellationToken cancel) => Task.FromResult(new BoardReading(Current.Position.Epoch, 0, [0, 0]));
}
