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
    /// <returns>What the server that is furthest serves, and how many servers and clients have something else.</returns>
    public static async Task<(RoomSnapshot Served, int Differing)> RoomAsync(IReadOnlyList<RoomApi> servers, string room, string token, IReadOnlyList<RoomClient> clients, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        while (true)
        {
            var served = await Task.WhenAll(servers.Select(server => server.ReadAsync(room, token)));
            RoomSnapshot[] seen = [.. served, .. clients.Select(client => client.Current)];
            var last = served.MaxBy(state => state.Seq)!;
            var differing = seen.Count(state => state.Epoch != last.Epoch || state.Seq != last.Seq || !JsonNode.DeepEquals(state.State, last.State));
            if (differing == 0 || limit.IsCancellationRequested) return (last, differing);
            await Task.Delay(Between, CancellationToken.None);
        }
    }

    /// <summary>Returns once all servers and all replicas have one board, or when the patience ends.</summary>
    public static async Task<(ServedBoard Served, int Differing)> BoardAsync(IReadOnlyList<Uri> servers, string token, IReadOnlyList<RoomBoard> boards, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        while (true)
        {
            var served = await Task.WhenAll(servers.Select(server => ServedBoard.ReadAsync(server, token)));
            var last = served.MaxBy(board => board.N)!;
            var content = last.Content;
            var differing = served.Count(board => !board.IsWhole || !board.Content.Same(content)) + boards.Count(board => !board.Read(BoardContent.Of).Same(content));
            if (differing == 0 || limit.IsCancellationRequested) return (last, differing);
            await Task.Delay(BetweenJoins, CancellationToken.None);
        }
    }
}
