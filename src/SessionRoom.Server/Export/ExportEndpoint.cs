using System.Collections.Frozen;
using System.Text;
using SessionRoom.Domain;

namespace SessionRoom.Server;

/// <summary>The session's record, in the form that the reader's tools take.</summary>
internal static class ExportEndpoint
{
    private static readonly FrozenDictionary<string, Form> Forms = new Dictionary<string, Form>(StringComparer.Ordinal)
    {
        ["json"] = new("application/json", record => record.ToJson()),
        ["md"] = new("text/markdown", MarkdownRecord.Write),
        ["csv"] = new("text/csv", CsvRecord.Write),
        ["ics"] = new("text/calendar", CalendarRecord.Write),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/rooms/{id}/export", ExportAsync).RequireAuthorization().RequireRateLimiting(CallRates.Policy).WithTags("Rooms")
            .Called("exportRoom", "The session's record as json, md, csv or ics").TakesWord("format", "json", "md", "csv", "ics")
            .Produces<Record>(200, "application/json", "text/markdown", "text/csv", "text/calendar").Refuses(400, 401, 403, 404, 429, 503);

    private static Task<IResult> ExportAsync(string id, HttpContext http, RoomEndpoints reach, BoardReader boards, TimeProvider time, string format = "json") => reach.WithRoomAsync(id, http, async room =>
    {
        var (state, token) = (room.Current.State, http.User.Token());
        if (token is not null && Access.RoleOf(token, state) is not (Role.Facilitator or Role.NoteTaker)) return Problems.Of(RefusalCode.Forbidden, "Facilitators and note-takers export.");
        if (token is not null && !state.HasAgreed(token.Pid)) return Problems.Of(RefusalCode.NotAgreed, "The agreement was not accepted.");
        if (!Forms.TryGetValue(format, out var form)) return Problems.Of(RefusalCode.Invalid, "format is json, md, csv or ics");
        var board = await boards.ReadAsync(room, http.RequestAborted);
        var record = Record.Of(room.Current.State, board.View, time.GetUtcNow());
        return TypedResults.File(Encoding.UTF8.GetBytes(form.Write(record)), $"{form.Type}; charset=utf-8", $"{id}.{format}");
    });

    private sealed record Form(string Type, Func<Record, string> Write);
}
