namespace SessionRoom.Server.Tests;

public sealed class ReadingBoardsTests
{
    [Fact]
    public async Task a_board_that_nobody_wrote_on_is_read_as_empty()
    {
        await using var server = await RunningServer.StartAsync();
        var room = await server.MakeRoomAsync();
        var ann = await server.JoinAsync(room, "Ann", "observer");
        var epoch = (string?)(await (await server.GetAsync($"/api/rooms/{room.Id}", ann.Token)).JsonAsync())["epoch"];
        var board = await (await server.GetAsync($"/api/rooms/{room.Id}/board", ann.Token)).JsonAsync();
        Assert.Equal($$"""{"epoch":"{{epoch}}","n":0,"columns":[{"id":"todo","title":"To do"},{"id":"doing","title":"Doing"},{"id":"done","title":"Done"}],"actions":[],"decisions":[],"notes":""}""", board.ToJsonString());
    }

    [Fact]
    public async Task whoever_may_not_see_the_room_may_not_read_its_board()
    {
        await using var server = await RunningServer.StartAsync();
        var (room, other) = (await server.MakeRoomAsync(new { title = "Quiet", agreement = "Be kind" }, RunningServer.SchoolSecret), await server.MakeRoomAsync());
        var (ann, cho) = (await server.JoinAsync(room, "Ann", "facilitator"), await server.JoinAsync(other, "Cho"));
        await server.GetAsync($"/api/rooms/{room.Id}/board", ann.Token).RefusesAsync(403, "not_agreed");
        await server.GetAsync($"/api/rooms/{room.Id}/board", cho.Token).RefusesAsync(403, "forbidden");
        await server.GetAsync($"/api/rooms/{room.Id}/board", RunningServer.ClinicSecret).RefusesAsync(403, "forbidden");
        await server.GetAsync($"/api/rooms/{room.Id}/board").RefusesAsync(401, "unauthorized");
        await server.GetAsync("/api/rooms/nowhere/board", RunningServer.SchoolSecret).RefusesAsync(404, "not_found");
        (await server.GetAsync($"/api/rooms/{room.Id}/board", RunningServer.SchoolSecret)).EnsureSuccessStatusCode().Dispose();
        await server.PostAsync($"/api/rooms/{room.Id}/commands", new { type = "agreement.accept", id = "a", version = 1 }, ann.Token);
        (await server.GetAsync($"/api/rooms/{room.Id}/board", ann.Token)).EnsureSuccessStatusCode().Dispose();
    }
}
