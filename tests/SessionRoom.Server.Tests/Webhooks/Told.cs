using SessionRoom.Crdt;

namespace SessionRoom.Server.Tests;

/// <summary>A room of the school's key, its facilitator at the board, and the school's receiver.</summary>
internal sealed class Told(RunningServer server, Receiver receiver, MadeRoom room, JoinedPerson ann, HubSocket socket) : IAsyncDisposable
{
    private readonly Replica board = new();

    public RunningServer Server => server;
    public Receiver Receiver => receiver;
    public MadeRoom Room => room;
    public JoinedPerson Ann => ann;
    public HubSocket Socket => socket;

    public static Task<Told> StartAsync(params (string, object)[] settings) => StartAsync(all => RunningServer.StartAsync(all), settings);

    /// <summary>With the log that the settings name: SQLite, or Redis.</summary>
    public static Task<Told> StartWithItsLogAsync(params (string, object)[] settings) => StartAsync(RunningServer.StartWithItsLogAsync, settings);

    private static async Task<Told> StartAsync(Func<(string, object)[], Task<RunningServer>> start, (string, object)[] settings)
    {
        var receiver = await Receiver.StartAsync();
        var server = await start([.. receiver.Settings, .. settings]);
        var room = await server.MakeRoomAsync(new { title = "Weekly" }, RunningServer.SchoolSecret);
        var ann = await server.JoinAsync(room, "Ann", "facilitator");
        var (socket, _) = await server.ConnectAsync(ann);
        return new(server, receiver, room, ann, socket);
    }

    public async Task WriteAsync(Action<YMap> edit)
    {
        var before = board.Doc.EncodeStateVector();
        board.Doc.Transact(_ => edit(board.Doc.GetMap("actions")));
        var answer = await socket.CallAsync("Push", Convert.ToBase64String(board.Doc.EncodeStateAsUpdate(before)));
        Assert.True((bool)answer!["ok"]!, answer.ToJsonString());
    }

    public Task CardAsync(string id, string title, bool isSealed = false) => WriteAsync(actions =>
    {
        var card = actions.SetMap(id);
        card.SetText("title", title);
        if (isSealed) card.Set("sealed", true);
    });

    public Task SetAsync(string id, string field, string value) => WriteAsync(actions => ((YMap)actions[id].AsType!).Set(field, value));

    public async ValueTask DisposeAsync()
    {
        await socket.DisposeAsync();
        await server.DisposeAsync();
        await receiver.DisposeAsync();
    }
}
