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

    [Fact] public void the_newest_of_the_room_are_kept_whoever_asked()
    {
        var known = Remembering(5 * AnsweredCommands.NewestOfAll);
        Assert.Null(known.Find(Ann, "c0"));
        for (var back = 1; back <= AnsweredCommands.NewestOfAll; back++) Assert.NotNull(known.Find(Ann, $"c{5 * AnsweredCommands.NewestOfAll - back}"));
        Assert.InRange(known.Count, AnsweredCommands.NewestOfAll, AnsweredCommands.NewestOfAll + AnsweredCommands.Surplus);
    }

    [Theory, InlineData(1), InlineData(50)]
    public void one_caller_who_asks_without_end_does_not_push_out_what_others_were_answered(int atOnce)
    {
        var known = AnsweredCommands.None;
        for (var number = 0; number < AnsweredCommands.NewestOfEach; number++) known = known.Remember(new(Bob, $"c{number}", number, Dawn));
        for (var number = 0; number < 50_000; number += atOnce)
            known = known.RememberNew([.. Enumerable.Range(number, atOnce).Select(each => new Answer(Ann, $"c{each}", each, Dawn + each))]);
        for (var number = 0; number < AnsweredCommands.NewestOfEach; number++) Assert.Equal(number, known.Find(Bob, $"c{number}")!.Seq);
        Assert.InRange(known.Count, 0, AnsweredCommands.NewestOfAll + AnsweredCommands.NewestOfEach + AnsweredCommands.Surplus);
        Assert.Equal(known.Count, known.InOrder.Count());
    }

    [Fact] public void a_crowd_is_remembered_up_to_the_most_that_a_room_holds()
    {
        var known = AnsweredCommands.None;
        for (var number = 0; number < 30_000; number++) known = known.RememberNew([new($"p{number % 1_000}", $"c{number}", number, Dawn)]);
        Assert.InRange(known.Count, AnsweredCommands.MostAnswers, AnsweredCommands.MostAnswers + AnsweredCommands.Surplus);
        Assert.Equal(Enumerable.Range(30_000 - known.Count, known.Count).Select(number => (long)number), known.InOrder.Select(answer => answer.Seq));
    }

    [Fact] public void a_room_that_is_loaded_again_and_again_holds_no_more_than_one_that_stays()
    {
        var known = AnsweredCommands.None;
        for (var number = 0; number < 20_000; number++)
        {
            known = known.Remember(new(Ann, $"c{number}", number, Dawn));
            if (number % 1_000 == 0) known = new(known.InOrder);
        }
        Assert.InRange(known.Count, AnsweredCommands.NewestOfAll, AnsweredCommands.NewestOfAll + 2 * AnsweredCommands.Surplus);
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
