using System.Text.Json.Nodes;
using SessionRoom.Client;
using SessionRoom.LoadTests.Boards;

namespace SessionRoom.LoadTests.Crowd;

/// <summary>Waits until nothing moves any more in a room, and tells who sees something else than the others.</summary>
internal static class Settling
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(25);

    // Joining with a board is limited to two a second in the long run.
    private static readonly TimeSpan BetweenJoins = TimeSpan.FromMilliseconds(600);

    /// <summary>Returns once all servers serve one sequence and all clients have come to it, or when the patience ends.</summary>
    /// <returns>What the server that is furthest serves, and a line for each server and client that has something else.</returns>
    public static async Task<(RoomSnapshot Served, IReadOnlyList<string> Differing)> RoomAsync(IReadOnlyList<RoomApi> servers, string room, string token, IReadOnlyList<RoomClient> clients, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        while (true)
        {
            var served = await Task.WhenAll(servers.Select(server => server.ReadAsync(room, token)));
            var seen = served.Select((state, i) => (Who: $"server {i}", State: state)).Concat(clients.Select((client, i) => (Who: $"client {i}", State: client.Current)));
            var last = served.MaxBy(state => state.Seq)!;
            var differing = seen.Where(one => one.State.Epoch != last.Epoch || one.State.Seq != last.Seq || !JsonNode.DeepEquals(one.State.State, last.State))
                .Select(one => $"state of {one.Who}: {one.State.Seq} of {one.State.Epoch}, not {last.Seq} of {last.Epoch}").ToList();
            if (differing.Count == 0 || limit.IsCancellationRequested) return (last, differing);
            await Task.Delay(Between, CancellationToken.None);
        }
    }

    /// <summary>Returns once all servers and all replicas have one board, or when the patience ends.</summary>
    public static async Task<(ServedBoard Served, IReadOnlyList<string> Differing)> BoardAsync(IReadOnlyList<Uri> servers, string token, IReadOnlyList<RoomBoard> boards, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        while (true)
        {
            var served = await Task.WhenAll(servers.Select(server => ServedBoard.ReadAsync(server, token)));
            var last = served.MaxBy(board => board.N)!;
            var content = last.Content;
            var differing = served.Select((board, i) => (Who: $"server {i}", Content: board.Content, board.IsWhole)).Concat(boards.Select((board, i) => (Who: $"client {i}", Content: board.Read(BoardContent.Of), IsWhole: true)))
                .Where(one => !one.IsWhole || !one.Content.Same(content)).Select(one => $"board of {one.Who}: {one.Content.DifferenceFrom(content)}{(one.IsWhole ? "" : ", is not all that it says it has")}").ToList();
            if (differing.Count == 0 || limit.IsCancellationRequested) return (last, differing);
            await Task.Delay(BetweenJoins, CancellationToken.None);
        }
    }
}
