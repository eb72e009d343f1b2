namespace SessionRoom.Rooms.Tests;

public sealed class MemoryRoomLogTests : RoomLogContract
{
    protected override Task<IRoomLog> OpenAsync() => Task.FromResult<IRoomLog>(new MemoryRoomLog());
}
