using SessionRoom.Domain;
using SessionRoom.Rooms;

namespace SessionRoom.Server;

internal static class Health
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => TypedResults.Text("live")).WithTags("Operation").Called("live", "The process answers").Produces<string>(200, "text/plain");
        routes.MapGet("/health/ready", ReadyAsync).WithTags("Operation").Called("ready", "The log can be written").Produces<string>(200, "text/plain").Refuses(503);
    }

    private static async Task<IResult> ReadyAsync(RoomDirectory rooms, CancellationToken cancel) =>
        await rooms.IsReadyAsync(cancel) ? TypedResults.Text("ready") : Problems.Of(RefusalCode.Unavailable, "The log cannot be written.");
}
