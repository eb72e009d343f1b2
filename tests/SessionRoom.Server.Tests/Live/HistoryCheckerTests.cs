using SessionRoom.LoadTests.Checker;
using SessionRoom.LoadTests.Measuring;

namespace SessionRoom.Server.Tests.Live;

/// <summary>The checker of the load tests, on histories that are wrong in one way each.</summary>
public sealed class HistoryCheckerTests : IDisposable
{
    private const string Joined = """{"connection":1,"sent":{"type":1,"invocationId":"1","target":"Join","arguments":[{}]}}""" + "\n"
        + """{"connection":1,"received":{"type":3,"invocationId":"1","result":{"epoch":"e","seq":5,"state":{"people":{"ann":{"name":"A"}}}}}}""";

    private const string Asked = """{"connection":1,"sent":{"type":1,"invocationId":"2","target":"Do","arguments":[{"id":"c","type":"people.rename","name":"Ann"}]}}""";
    private const string Answered = """{"connection":1,"received":{"type":3,"invocationId":"2","result":{"ok":true,"seq":6}}}""";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("sessionroom-histories-");

    [Fact]
    public void what_was_answered_and_happened_once_for_all_holds()
    {
        Write("ann", Joined, Asked, Patch(6), Answered, """{"marked":"ann 0"}""", End());
        Write("bob", Joined, Patch(6), End(you: "bob"));
        var judgement = HistoryChecker.Check(folder.FullName);
        Assert.True(judgement.Holds, string.Join('\n', judgement.Wrong));
        Assert.Equal((1, 1, 2), (judgement.Answered, judgement.Marks, judgement.Clients));
    }

    [Fact]
    public void an_answered_command_without_its_event_is_lost()
    {
        Write("ann", Joined, Asked, Patch(6, name: "Ann", by: "bob"), Answered, End());
        Assert.Equal(1, HistoryChecker.Check(folder.FullName).Lost);
    }

    [Fact]
    public void an_answered_mark_that_the_board_does_not_have_is_lost()
    {
        Write("ann", Joined, Asked, Patch(6), Answered, """{"marked":"ann 1"}""", End());
        Assert.Equal(1, HistoryChecker.Check(folder.FullName).Lost);
    }

    [Fact]
    public void an_event_that_nobody_asked_for_again_is_twice()
    {
        Write("ann", Joined, Asked, Patch(6), Answered, Patch(7), End(seq: 7));
        Assert.Equal(1, HistoryChecker.Check(folder.FullName).Twice);
    }

    [Fact]
    public void a_command_that_was_sent_again_under_its_id_and_answered_twice_counts_once()
    {
        var again = """{"connection":2,"sent":{"type":1,"invocationId":"9","target":"Do","arguments":[{"id":"c","type":"people.rename","name":"Ann"}]}}""";
        Write("ann", Joined, Asked, again, Patch(6), Answered, """{"connection":2,"received":{"type":3,"invocationId":"9","result":{"ok":true,"seq":6}}}""", End());
        var judgement = HistoryChecker.Check(folder.FullName);
        Assert.Equal((1, 0, 0), (judgement.Answered, judgement.Lost, judgement.Twice));
    }

    [Fact]
    public void two_patches_of_one_sequence_are_seen()
    {
        Write("ann", Joined, Asked, Patch(6), Answered, End());
        Write("bob", Joined, Patch(6, name: "Anna"), End(name: "Anna", you: "bob"));
        var judgement = HistoryChecker.Check(folder.FullName);
        Assert.Equal((1, 1), (judgement.Disagreements, judgement.Diverged));
    }

    [Fact]
    public void a_hole_is_seen()
    {
        Write("ann", Joined, Patch(7), End(seq: 7));
        Assert.Equal(1, HistoryChecker.Check(folder.FullName).Holes);
    }

    [Fact]
    public void a_client_that_shows_what_it_was_not_sent_has_diverged()
    {
        Write("ann", Joined, Asked, Patch(6), Answered, End(name: "Anna"));
        Assert.Equal(1, HistoryChecker.Check(folder.FullName).Diverged);
    }

    [Fact]
    public void what_comes_after_the_end_is_not_judged()
    {
        Write("ann", Joined, Asked, Patch(6), Answered, Patch(7), End());
        Assert.True(HistoryChecker.Check(folder.FullName).Holds);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(30, false)]
    [InlineData(-30, true)]
    public void growth_is_told_from_noise(double perHour, bool flat)
    {
        var random = new Random(1);
        var slope = Slope.Of([.. Enumerable.Range(0, 360).Select(i => (i / 360.0, 200 + (perHour * i / 360.0) + (random.NextDouble() * 4)))], blocks: 12);
        Assert.Equal(flat, slope.IsFlat);
        Assert.InRange(perHour, slope.Low - 2, slope.High + 2);
    }

    private static string Patch(long seq, string name = "Ann", string by = "ann") =>
        $$$"""{"connection":1,"received":{"type":1,"target":"patch","arguments":[{"seq":{{{seq}}},"at":1,"events":[{"type":"people.renamed","by":"{{{by}}}","name":"{{{name}}}"}],"patch":{"people":{"ann":{"name":"{{{name}}}"} } } }]}}""";

    private static string End(string name = "Ann", long seq = 6, string you = "ann") =>
        $$$"""{"state":{"people":{"ann":{"name":"{{{name}}}"} } },"epoch":"e","seq":{{{seq}}},"you":"{{{you}}}","board":{"marks":{"ann 0":0} } }""";

    private void Write(string who, params string[] lines) => File.WriteAllLines(Path.Combine(folder.FullName, $"{who}.jsonl"), lines);

    public void Dispose() => folder.Delete(recursive: true);
}
