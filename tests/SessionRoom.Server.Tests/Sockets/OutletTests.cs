namespace SessionRoom.Server.Tests;

public sealed class OutletTests
{
    [Fact]
    public void what_waits_together_goes_in_one_send()
    {
        var wire = new NarrowWire { Open = true };
        var outlet = new Outlet(wire, TimeProvider.System);
        for (byte frame = 1; frame <= 5; frame++) outlet.Add([frame, frame]);
        Assert.Empty(wire.Sends);
        outlet.Send();
        Assert.Equal([1, 1, 2, 2, 3, 3, 4, 4, 5, 5], Assert.Single(wire.Sends));
    }

    [Fact]
    public async Task what_does_not_go_at_once_follows_in_order_and_room_is_told()
    {
        var wire = new NarrowWire();
        var outlet = new Outlet(wire, TimeProvider.System);
        var random = new Random(7);
        var sent = new List<byte>();
        while (outlet.HasRoom)
        {
            var frame = new byte[random.Next(1, 30_000)];
            random.NextBytes(frame);
            sent.AddRange(frame);
            if (random.Next(2) == 0) outlet.Put(frame);
            else
            {
                outlet.Add(frame);
                outlet.Send();
            }
        }
        var (room, empty) = (outlet.WhenRoomAsync(), outlet.WhenEmptyAsync());
        Assert.False(room.IsCompleted);
        Assert.True(outlet.HasStalledFor(TimeSpan.Zero));
        wire.Let(int.MaxValue);
        await room.WaitAsync(HubSocket.Patience);
        await empty.WaitAsync(HubSocket.Patience);
        Assert.Equal(sent, wire.Sends.SelectMany(bytes => bytes));
        Assert.True(outlet.HasRoom);
        Assert.False(outlet.HasStalledFor(TimeSpan.Zero));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    public async Task a_frame_of_which_a_part_is_shared_is_never_parted_by_another(int after)
    {
        const int each = 200;
        var wire = new NarrowWire { Open = true };
        var outlet = new Outlet(wire, TimeProvider.System);
        var shared = Enumerable.Repeat((byte)2, 50).ToArray();
        await Task.WhenAll(Task.Run(AddParts), Task.Run(AddWhole)).WaitAsync(HubSocket.Patience);
        await outlet.WhenEmptyAsync().WaitAsync(HubSocket.Patience);
        byte[] parts = [.. Enumerable.Repeat((byte)1, 30), .. shared, .. Enumerable.Repeat((byte)3, after)];
        var sent = wire.Sends.SelectMany(bytes => bytes).ToArray().AsSpan();
        var (joined, whole) = (0, 0);
        for (; !sent.IsEmpty; sent = sent[(sent[0] == 9 ? 1 : parts.Length)..])
        {
            if (sent[0] == 9) whole++;
            else if (sent.StartsWith(parts)) joined++;
            else Assert.Fail("a frame lies within another");
        }
        Assert.Equal((each, each), (joined, whole));

        void AddParts()
        {
            for (var i = 0; i < each; i++)
            {
                var array = System.Buffers.ArrayPool<byte>.Shared.Rent(100);
                array.AsSpan(10, 30).Fill(1);
                array.AsSpan(40, after).Fill(3);
                outlet.AddRented(array, 10, 40, shared, 40 + after);
                outlet.Send();
            }
        }

        void AddWhole()
        {
            for (var i = 0; i < each; i++)
            {
                outlet.Add([9]);
                outlet.Send();
            }
        }
    }

    [Fact]
    public async Task a_connection_that_breaks_keeps_nothing_and_holds_up_nobody()
    {
        var wire = new NarrowWire();
        var broken = new TaskCompletionSource();
        var outlet = new Outlet(wire, TimeProvider.System) { Broken = broken.SetResult };
        outlet.Add(new byte[2 * Outlet.Most]);
        outlet.Send();
        var waits = new[] { outlet.WhenRoomAsync(), outlet.WhenEmptyAsync() };
        wire.Break();
        await Task.WhenAll([.. waits, broken.Task]).WaitAsync(HubSocket.Patience);
        outlet.Add(new byte[2 * Outlet.Most]);
        Assert.True(outlet is { IsClosed: true, HasRoom: true });
    }

    /// <summary>Takes as many bytes as it was let, a few at a time.</summary>
    private sealed class NarrowWire : IWire
    {
        private const int AtOnce = 5_000;

        private readonly Lock gate = new();
        private TaskCompletionSource more = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int allowed;
        private bool broken;

        public bool Open { get; init; }

        public List<byte[]> Sends { get; } = [];

        public void Let(int bytes)
        {
            lock (gate) allowed = bytes;
            more.SetResult();
        }

        public void Break()
        {
            lock (gate) broken = true;
            more.SetResult();
        }

        public int TrySend(ReadOnlySpan<byte> bytes)
        {
            lock (gate)
            {
                if (broken) throw new IOException("broken");
                var taken = Open ? bytes.Length : Math.Min(Math.Min(allowed, AtOnce), bytes.Length);
                if (taken > 0) Sends.Add(bytes[..taken].ToArray());
                return taken;
            }
        }

        public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes)
        {
            await more.Task;
            return TrySend(bytes.Span);
        }
    }
}
