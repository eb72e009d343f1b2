using System.Collections.Immutable;
using SessionRoom.Domain;
using SessionRoom.Rooms;

namespace SessionRoom.Server;

/// <summary>The board as data, for those who speak no CRDT.</summary>
internal static class BoardEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/rooms/{id}/board", ReadAsync).RequireAuthorization().RequireRateLimiting(CallRates.Policy).WithTags("Rooms")
            .Called("readBoard", "The room's board as data, without what is sealed").Produces<BoardRead>().Refuses(401, 403, 404, 429, 503);

    private static Task<IResult> ReadAsync(string id, HttpContext http, RoomEndpoints reach, BoardReader boards) => reach.WithRoomAsync(id, http, async room =>
        http.User.Token() is { } token && !room.Current.State.HasAgreed(token.Pid)
            ? Problems.Of(RefusalCode.NotAgreed, "The agreement was not accepted.")
            : TypedResults.Ok(BoardRead.Of(await boards.ReadAsync(room, http.RequestAborted))));
}

/// <param name="N">The number of the newest update that is in it.</param>
internal sealed record BoardRead(
    string Epoch, long N, ImmutableArray<BoardColumn> Columns, ImmutableArray<ReadAction> Actions, ImmutableArray<BoardDecision> Decisions, string Notes)
{
    public static BoardRead Of(ReadBoard board) => new(board.Epoch, board.N, board.View.Columns, [.. board.View.Actions.Select(ReadAction.Of)], board.View.Decisions, board.View.Notes);
}

/// <summary>An open action: sealed ones are not read.</summary>
internal sealed record ReadAction(
    string Id, string Title, string? Notes, string? Owner, DateOnly? Due, string Column, string Rank, string? CreatedBy, long? CreatedAt, string? Outcome)
{
    public static ReadAction Of(BoardAction action) =>
        new(action.Id, action.Title, action.Notes, action.Owner, action.Due, action.Column, action.Rank, action.CreatedBy, action.CreatedAt, action.Outcome);
}
