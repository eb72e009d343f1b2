using SessionRoom.Crdt;
using SessionRoom.LoadTests.Boards;

namespace SessionRoom.LoadTests.Peers;

/// <summary>Bytes of a server's own memory for each board that somebody has open.</summary>
/// <param name="Empty">For one that holds nothing: the connection, the room, the document.</param>
/// <param name="Full">For one that holds <paramref name="Content"/> bytes of state, just after it was opened.</param>
/// <param name="Idle">The same, when nobody has written for half a minute.</param>
public sealed record BoardMemory(int Content, double Empty, double Full, double Idle);

/// <summary>Opens many boards that hold the same, each with one member, on a server that has stored them before.</summary>
internal static class OpenBoards
{
    private const int Warm = 30;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3), Idling = TimeSpan.FromSeconds(30), Pinging = TimeSpan.FromSeconds(10);

    public static async Task<BoardMemory> MeasureAsync(Func<Task<BoardPeer>> start, int boards)
    {
        var content = Content();
        await using var peer = await start();
        string[] full = [.. Enumerable.Range(0, boards + Warm).Select(board => $"full-{board:0000}")], empty = [.. Enumerable.Range(0, boards).Select(board => $"empty-{board:0000}")];
        await peer.PrepareAsync([.. full, .. empty]);
        foreach (var room in full)
        {
            await using var member = peer.Member(room, 'A');
            await member.ComeAsync();
            await member.PushedAsync(content);
        }
        await peer.RestartAsync();

        var members = new List<PeerMember>();
        try
        {
            await OpenAsync(full[..Warm]);
            var before = ProcessFigures.PrivateBytes(peer.Pid);
            await OpenAsync(empty);
            var withEmpty = ProcessFigures.PrivateBytes(peer.Pid);
            await OpenAsync(full[Warm..]);
            var withFull = ProcessFigures.PrivateBytes(peer.Pid);
            for (var idle = TimeSpan.Zero; idle < Idling; idle += Pinging)
            {
                foreach (var member in members) await member.PingAsync();
                await Task.Delay(Pinging);
            }
            var withIdle = ProcessFigures.PrivateBytes(peer.Pid);
            return new(content.Length, (double)(withEmpty - before) / boards, (double)(withFull - withEmpty) / boards, (double)(withIdle - withEmpty) / boards);
        }
        finally
        {
            foreach (var member in members) await member.DisposeAsync();
        }

        async Task OpenAsync(IEnumerable<string> rooms)
        {
            foreach (var room in rooms)
            {
                var member = peer.Member(room, 'A');
                members.Add(member);
                await member.ComeAsync();
            }
            await Task.Delay(Settling);
        }
    }

    /// <summary>A board that five people have worked on.</summary>
    private static byte[] Content()
    {
        var board = new Doc(new() { ClientId = 1 });
        for (ulong person = 2; person <= 6; person++)
        {
            var replica = new Doc(new() { ClientId = person });
            replica.ApplyUpdate(board.EncodeStateAsUpdate());
            var edits = new RandomEdits(new Random((int)person));
            for (var edit = 0; edit < 400; edit++) edits.Edit(replica);
            board.ApplyUpdate(replica.EncodeStateAsUpdate());
        }
        return board.EncodeStateAsUpdate();
    }
}
