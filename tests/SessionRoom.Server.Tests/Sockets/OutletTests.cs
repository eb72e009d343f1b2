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
            outlet.Add(frame);
            outlet.Send();
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
