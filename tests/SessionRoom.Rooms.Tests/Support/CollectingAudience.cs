using System.Text.Json.Nodes;
using System.Threading.Channels;
using SessionRoom.Domain;

namespace SessionRoom.Rooms.Tests;

/// <summary>Keeps what was published, per room in order, and lets a test wait for the next.</summary>
internal sealed class CollectingAudience : IRoomAudience
{
    private readonly Channel<(string Room, RoomPatch Patch)> patches = Channel.CreateUnbounded<(string, RoomPatch)>();
    private readonly Channel<string> deleted = Channel.CreateUnbounded<string>();
    private readonly Lock gate = new();
    private readonly List<RoomPatch> all = [];
    private readonly List<BoardStep> board = [];

    public Action<RoomPatch>? Sees { get; set; }

    public IReadOnlyList<RoomPatch> All { get { lock (gate) return [.. all]; } }

    public void Publish(LiveRoom room, RoomPatch patch)
    {
        Sees?.Invoke(patch);
        lock (gate) all.Add(patch);
        patches.Writer.TryWrite((room.Id, patch));
    }

    public IReadOnlyList<BoardStep> Board { get { lock (gate) return [.. board]; } }

    public int Renewals { get; private set; }

    public void PublishBoard(LiveRoom room, BoardStep step)
    {
        lock (gate) board.Add(step);
    }

    public void ForgetBoard()
    {
        lock (gate) board.Clear();
    }

    public void BoardBegan(LiveRoom room, long step) => Renewals++;

    /// <summary>How often the room went on under another epoch.</summary>
    public int Begun { get; private set; }

    public void RoomBegan(LiveRoom room, long step) => Begun++;

    public void Heard(LiveRoom room, PassingNews awareness) { }

    public void RoomDeleted(string roomId) => deleted.Writer.TryWrite(roomId);

    /// <summary>The next patch that holds an event of this type; patches before it are passed over.</summary>
    public async Task<RoomPatch> NextAsync<T>() where T : RoomEvent
    {
        while (true)
        {
            var (_, patch) = await patches.Reader.ReadAsync().AsTask().WaitAsync(Some.Patience);
            if (patch.Events.OfType<T>().Any()) return patch;
        }
    }

    public Task<string> NextDeletedAsync() => deleted.Reader.ReadAsync().AsTask().WaitAsync(Some.Patience);

    /// <summary>The served state that a client has who began with nothing and folded every patch.</summary>
    public static JsonNode? Fold(JsonNode? from, IEnumerable<RoomPatch> patches) =>
        patches.Aggregate(from, (state, patch) => MergePatch.Apply(state, JsonObject.Create(patch.Patch)));
}
