using SessionRoom.Crdt.Tests.Differential;

namespace SessionRoom.Crdt.Tests.Budgets;

/// <summary>The reference workloads end as Yjs ended.</summary>
public sealed class BoardTests
{
    [Fact]
    public void The_board_reads_as_yjs_read_it()
    {
        var doc = new Doc();
        foreach (var update in AllocationTests.Blobs("board.init.v1").Concat(AllocationTests.Blobs("board.updates.v1")))
        {
            Assert.True(doc.ApplyUpdate(update).Accepted);
        }

        var expected = YValue.ParseJson(File.ReadAllText(Repository.Data("board.expected.json")));
        Assert.Equal(expected, doc.GetMap("cards").ToJson());
    }
}
