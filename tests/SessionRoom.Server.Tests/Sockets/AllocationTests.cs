using System.Text;
using Xunit.Abstractions;

namespace SessionRoom.Server.Tests;

/// <summary>Counts what the whole process allocates: nothing else runs beside it.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class Alone;

[Collection(nameof(AllocationTests))]
public sealed class AllocationTests(ITestOutputHelper output)
{
    private const int Few = 10, Many = 210, Changes = 200;

    /// <summary>Bytes for one member and one change: less than the smallest object.</summary>
    private const double Budget = 16;

    [Fact]
    public async Task a_change_allocates_for_the_room_and_not_for_each_of_its_members()
    {
        await using var server = await RunningServer.StartAsync(("Limits:ConnectionsPerPerson", 1_000), ("Limits:CommandBurst", 1_000_000), ("Logging:LogLevel:Default", "None"));
        var room = await server.MakeRoomAsync();
        var (ann, bo) = (await server.JoinAsync(room, "Ann"), await server.JoinAsync(room, "Bo"));
        var (lead, _) = await server.ConnectAsync(ann);
        await using var leading = lead;
        var members = new List<RawSocket>();
        try
        {
            await AddAsync(Few);
            await MeasureAsync();
            var few = await MeasureAsync();
            await AddAsync(Many);
            await MeasureAsync();
            var many = await MeasureAsync();
            var each = (many - few) / (double)(Changes * (Many - Few));
            output.WriteLine($"{few / Changes} bytes a change for {Few}, {many / Changes} for {Many}: {each:0.0} for each member");
            Assert.True(each < Budget, $"{each:0.0} bytes for each member");
        }
        finally
        {
            foreach (var member in members) await member.DisposeAsync();
        }

        // Of one person, so that the room's state stays as large; what they are sent fits into the kernel's buffers, where nobody reads it.
        async Task AddAsync(int upTo)
        {
            while (members.Count < upTo)
            {
                members.Add(await RawSocket.ConnectAsync(server, bo.Token));
                await members[^1].SendAsync(RawSocket.Frame(0x1, "{\"type\":1,\"invocationId\":\"j\",\"target\":\"Join\",\"arguments\":[{\"skipBoard\":true}]}\u001e"));
                Assert.Contains("\"protocol\":1", Encoding.UTF8.GetString((await members[^1].NextAsync(0x1))!), StringComparison.Ordinal);
            }
        }

        async Task<long> MeasureAsync()
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var change = 0; change < Changes; change++) await lead.DoAsync("people.rename", new { name = $"Ann {change % 10}" });
            return GC.GetTotalAllocatedBytes(precise: true) - before;
        }
    }
}
