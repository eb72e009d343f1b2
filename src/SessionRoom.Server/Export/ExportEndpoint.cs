using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using SessionRoom.Domain;

namespace SessionRoom.Server;

/// <summary>The session's record, in the form that the reader's tools take.</summary>
internal static class ExportEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/rooms/{id}/export", ExportAsync).RequireAuthorization().RequireRateLimiting(CallRates.Policy).WithTags("Rooms")
            .WithSummary("The session's record as json, md, csv or ics").Produces<string>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);

    private static Task<IResult> ExportAsync(string id, HttpContext http, RoomEndpoints reach, TimeProvider time, string format = "json") => reach.WithRoomAsync(id, http, room =>
    {
        var state = room.Current.State;
        var token = http.User.Token();
        IResult result = token switch
        {
            not null when Access.RoleOf(token, state) is not (Role.Facilitator or Role.NoteTaker) => Problems.Of(RefusalCode.Forbidden, "Facilitators and note-takers export."),
            not null when !state.HasAgreed(token.Pid) => Problems.Of(RefusalCode.NotAgreed, "The agreement was not accepted."),
            _ => Write(id, format, Record.Of(state, time.GetUtcNow())),
        };
        return Task.FromResult(result);
    });

    private static IResult Write(string id, string format, Record record) => format switch
    {
        "json" => File(record.ToJson(), "application/json", id, format),
        "md" => File(MarkdownRecord.Write(record), "text/markdown", id, format),
        "csv" => File(CsvRecord.Write(record), "text/csv", id, format),
        "ics" => File(CalendarRecord.Write(record), "text/calendar", id, format),
        _ => Problems.Of(RefusalCode.Invalid, "format is json, md, csv or ics"),
    };

    private static FileContentHttpResult File(string text, string type, string id, string format) =>
        TypedResults.File(Encoding.UTF8.GetBytes(text), $"{type}; charset=utf-8", $"{id}.{format}");
}
