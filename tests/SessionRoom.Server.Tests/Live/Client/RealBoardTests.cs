using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using SessionRoom.Crdt;
using SessionRoom.Server.Tests;

namespace SessionRoom.Client.Tests;

/// <summary>Boards of real clients on a real server, in both hub protocols.</summary>
public sealed class RealBoardTests : IDisposedAfterwards
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60));
    private readonly List<RoomClient> _clients = [];
    private readonly ConcurrentDictionary<string, WebSocket> _sockets = new(StringComparer.Ordinal);
    private RunningServer _server = null!;
    private MadeRoom _room = null!;

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) await client.DisposeAsync();
        await _server.DisposeAsync();
        _deadline.Dispose();
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task people_who_write_at_once_end_with_one_board_and_a_newcomer_with_the_same(bool binary)
    {
        await StartAsync();
        RoomClient[] people = [await ComeAsync("Ann", binary: binary), await ComeAsync("Bo", binary: !binary), await ComeAsync("Cho", binary: binary)];
        await Task.WhenAll(people.SelectMany(person => Enumerable.Range(0, 20), async (person, at) =>
            Assert.True((await person.Board!.EditAsync(doc => doc.GetText("notes").Insert(0, $"{person.You} {at}; "), _deadline.Token)).Ok)));
        await SameAsync([.. people, await ComeAsync("Dan", binary: binary)], 60);
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task what_is_written_while_away_is_merged_on_return(bool binary)
    {
        await StartAsync();
        var (ann, bo) = (await ComeAsync("Ann", binary: binary), await ComeAsync("Bo", binary: binary));
        for (var round = 0; round < 5; round++)
        {
            _sockets[ann.You].Abort();
            var (away, here) = (EditAsync(ann, $"away {round}; "), EditAsync(bo, $"here {round}; "));
            Assert.True((await away).Ok && (await here).Ok);
        }
        await SameAsync([ann, bo, await ComeAsync("Cho", binary: binary)], 10);
    }

    [Fact]
    public async Task somebody_who_only_looks_is_refused_and_has_the_board_as_it_is()
    {
        await StartAsync();
        var (ann, eve) = (await ComeAsync("Ann"), await ComeAsync("Eve", "observer"));
        await EditAsync(ann, "kept; ");
        await eve.Board!.WaitForAsync(doc => doc.GetText("notes").Length > 0, _deadline.Token);
        Assert.Equal("forbidden", (await EditAsync(eve, "not; ")).Error!.Code);
        await SameAsync([ann, eve], 1);
    }

    [Fact]
    public async Task what_was_written_off_the_record_is_gone_afterwards_and_the_replicas_go_on()
    {
        await StartAsync();
        var (fay, bo) = (await ComeAsync("Fay", "facilitator"), await ComeAsync("Bo"));
        await EditAsync(bo, "kept; ");
        await fay.DoAsync("record.off", cancel: _deadline.Token);
        Assert.True((await EditAsync(bo, "spoken; ")).Ok);
        await fay.Board!.WaitForAsync(doc => doc.GetText("notes").ToString().Contains("spoken", StringComparison.Ordinal), _deadline.Token);
        await fay.DoAsync("record.on", cancel: _deadline.Token);
        foreach (var person in (RoomClient[])[fay, bo]) await person.Board!.WaitForAsync(doc => doc.GetText("notes").ToString() == "kept; ", _deadline.Token);
        Assert.True((await EditAsync(bo, "after; ")).Ok);
        await SameAsync([fay, bo, await ComeAsync("Cho")], 2);
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task awareness_reaches_the_others_with_the_senders_id_in_it(bool binary)
    {
        await StartAsync();
        var heard = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        var ann = await ComeAsync("Ann", binary: binary);
        var bo = await ComeAsync("Bo", binary: binary, told: change => { if (change is BoardAware aware) heard.TrySetResult(aware.Update); });
        var presence = new Awareness(ann.Board!.Read(doc => doc.ClientId)) { LocalState = """{"card":"a"}""" };
        await ann.Board.AwareAsync(presence.Encode());
        var said = Encoding.UTF8.GetString(await heard.Task.WaitAsync(_deadline.Token));
        Assert.Contains("\"card\":\"a\"", said, StringComparison.Ordinal);
        Assert.Contains(ann.You, said, StringComparison.Ordinal);
        Assert.NotNull(bo.Board);
    }

    private Task<Ack> EditAsync(RoomClient person, string text) => person.Board!.EditAsync(doc => doc.GetText("notes").Insert(0, text), _deadline.Token);

    /// <summary>All of them come to that many edits, and then hold the same document.</summary>
    private async Task SameAsync(RoomClient[] people, int edits)
    {
        foreach (var person in people) await person.Board!.WaitForAsync(doc => doc.GetText("notes").ToString().Count(unit => unit == ';') == edits, _deadline.Token);
        var (text, vector) = people[0].Board!.Read(doc => (doc.ToJson().ToJsonString(), doc.EncodeStateVector()));
        Assert.All(people, person => person.Board!.Read(doc =>
        {
            Assert.Equal(text, doc.ToJson().ToJsonString());
            Assert.Equal(vector, doc.EncodeStateVector());
            return true;
        }));
    }

    private async Task StartAsync()
    {
        _server = await RunningServer.StartAsync();
        _room = await _server.MakeRoomAsync();
    }

    private async Task<RoomClient> ComeAsync(string name, string role = "member", bool binary = false, Action<RoomChange>? told = null)
    {
        var person = await _server.JoinAsync(_room, name, role);
        var client = await RoomClient.ConnectAsync(
            new(_server.Address, person.Token)
            {
                MessagePack = binary, Board = true, FirstWait = TimeSpan.FromMilliseconds(10), OnChange = (_, change) => told?.Invoke(change),
                OpenSocket = async (address, token, cancel) =>
                {
                    var socket = new ClientWebSocket();
                    socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
                    await socket.ConnectAsync(address, cancel);
                    return _sockets[person.Pid] = socket;
                },
            },
            _deadline.Token);
        _clients.Add(client);
        return client;
    }
}
