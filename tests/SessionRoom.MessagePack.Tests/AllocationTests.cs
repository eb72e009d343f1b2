using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using SessionRoom.MessagePack.Tests.Support;

namespace SessionRoom.MessagePack.Tests;

/// <summary>Budgets in bytes, after warming up.</summary>
public class AllocationTests
{
    private sealed record Board(long N, byte[] Update);

    private sealed record Patch(long Seq, long At, bool Full, double Rate, Shapes.Role Role, JsonElement State, List<int> Steps);

    private static readonly MessagePackHubProtocol Room = Frames.Speaking(Shapes.Room);

    private static readonly Patch Large = new(1, 2, true, 0.5, Shapes.Role.Facilitator, JsonElement.Parse("""{"people":{"a":{"hand":null}},"list":[1,2.5,"x"]}"""), [1, 2, 3]);

    [Fact]
    public void a_broadcast_frame_is_encoded_once_and_costs_each_connection_nothing()
    {
        var frame = new SerializedHubMessage(new InvocationMessage("board", [new Board(1, new byte[16 * 1024])]));
        var first = frame.GetSerializedMessage(Room);
        Assert.Equal(0, AllocatedBy(1000, () => frame.GetSerializedMessage(Room)));
        Assert.True(first.Span == frame.GetSerializedMessage(Room).Span);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(16 * 1024)]
    [InlineData(200_000)]
    public void writing_a_board_update_allocates_nothing(int size) => WritesWithoutAllocating(new Board(1, new byte[size]));

    [Fact]
    public void writing_a_contract_with_numbers_enums_and_json_allocates_nothing() => WritesWithoutAllocating(Large);

    [Theory]
    [InlineData(60)]
    [InlineData(16 * 1024)]
    public void the_bytes_of_a_broadcast_are_allocated_once_in_their_exact_size(int size)
    {
        var message = new InvocationMessage("board", [new Board(1, new byte[size])]);
        var length = Room.GetMessageBytes(message).Length;
        Assert.InRange(AllocatedBy(100, () => Room.GetMessageBytes(message)), 100L * length, 100L * (length + 32));
    }

    [Fact]
    public void reading_a_board_update_allocates_little_beside_the_update()
    {
        const int Size = 16 * 1024;
        var frame = Room.GetMessageBytes(new InvocationMessage("board", [new Board(1, new byte[Size])])).ToArray();
        var binder = new TestBinder { Method = "board", Parameters = [typeof(Board)] };
        void Read()
        {
            var input = new ReadOnlySequence<byte>(frame);
            if (!Room.TryParseMessage(ref input, binder, out _)) throw new InvalidOperationException("The frame is whole.");
        }

        Read();
        Assert.InRange(AllocatedBy(100, Read), 100L * Size, 100L * (Size + 512));
    }

    private static void WritesWithoutAllocating(object argument)
    {
        var message = new InvocationMessage("board", [argument]);
        var output = new ArrayBufferWriter<byte>(256 * 1024);
        void Write()
        {
            output.ResetWrittenCount();
            Room.WriteMessage(message, output);
        }

        Assert.Equal(0, AllocatedBy(1000, Write));
    }

    private static long AllocatedBy(int times, Action action)
    {
        for (var i = 0; i < 50; i++) action();
        return Enumerable.Range(0, 5).Min(_ => Batch());

        // A collection that other tests bring about may trim the array pool in the middle of one batch, not of five.
        long Batch()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < times; i++) action();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
