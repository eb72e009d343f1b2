namespace SessionRoom.Rooms.Tests;

public sealed class MemoryRoomLogTests : RoomLogContract
{
    protected override IRoomLog Open() => new MemoryRoomLog();
}
