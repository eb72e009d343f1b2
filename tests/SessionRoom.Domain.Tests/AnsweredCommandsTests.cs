using System.Text.Json;

namespace SessionRoom.Domain.Tests;

public sealed class AnsweredCommandsTests
{
    private static AnsweredCommands Remembering(int answers) =>
        Enumerable.Range(0, answers).Aggregate(AnsweredCommands.None, (known, number) => known.Remember(new(Ann, $"c{number}", number, Dawn)));

    [Fact] public void an_answer_is_found_by_who_asked_and_their_id()
    {
        var known = AnsweredCommands.None.Remember(new(Ann, "c1", 7, Dawn, new("seat-1")));
        Assert.Equal(new Answer(Ann, "c1", 7, Dawn, new("seat-1")), known.Find(Ann, "c1"));
        Assert.Null(known.Find(Bob, "c1"));
        Assert.Null(known.Find(Ann, "C1"));
    }

    [Fact] public void the_first_answer_stays() =>
        Assert.Equal(1, AnsweredCommands.None.Remember(new(Ann, "c1", 1, Dawn)).Remember(new(Ann, "c1", 2, Dawn)).Find(Ann, "c1")!.Seq);

    [Fact] public void the_newest_are_kept()
    {
        var known = Remembering(AnsweredCommands.MostAnswers + 1);
        Assert.Null(known.Find(Ann, "c0"));
        Assert.NotNull(known.Find(Ann, "c1"));
        Assert.Equal(AnsweredCommands.MostAnswers, known.InOrder.Count());
    }

    [Fact] public void an_hour_later_an_answer_is_forgotten()
    {
        var known = AnsweredCommands.None.Remember(new(Ann, "c1", 1, Dawn)).Remember(new(Ann, "c2", 2, Dawn + Hour));
        Assert.NotNull(known.Find(Ann, "c1"));
        Assert.Null(known.Remember(new(Ann, "c3", 3, Dawn + Hour + 1)).Find(Ann, "c1"));
    }

    [Fact] public void answers_survive_a_snapshot()
    {
        var room = RoomState.Empty with { Answers = Remembering(3).Remember(new(Bob, "c1", 9, Dawn, Refusal: new(RefusalCode.NotFound, "no such person"))) };
        var back = JsonSerializer.Deserialize(JsonSerializer.Serialize(room, RoomJson.Default.RoomState), RoomJson.Default.RoomState)!;
        Assert.Equal(room.Answers.InOrder, back.Answers.InOrder);
        Assert.Equal(RefusalCode.NotFound, back.Answers.Find(Bob, "c1")!.Refusal!.Code);
        Assert.Equal(2, back.Answers.Remember(new(Ann, "c9", 10, Dawn)).Find(Ann, "c2")!.Seq);
    }
}
