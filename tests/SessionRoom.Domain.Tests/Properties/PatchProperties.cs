using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace SessionRoom.Domain.Tests;

public sealed class PatchProperties(ITestOutputHelper output)
{
    private static JsonNode Served(RoomState room) => JsonNode.Parse(Bytes(room))!;

    private static JsonNode Sent(RoomState before, RoomState after) => JsonNode.Parse(StatePatch.Between(before, after).GetRawText())!;

    private static void Same(JsonNode expected, JsonNode? actual) => Assert.True(JsonNode.DeepEquals(expected, actual), $"served {expected.ToJsonString()}\nfolded {actual?.ToJsonString()}");

    [Fact] public void patches_fold_to_the_served_state() => Scripts.Hold(output, script =>
    {
        JsonNode? folded = null;
        foreach (var step in Play.Of(script))
        {
            folded ??= Served(step.Before);
            var patch = Sent(step.Before, step.After);
            if (JsonNode.DeepEquals(folded, Served(step.After))) Assert.Equal("{}", patch.ToJsonString());
            folded = MergePatch.Apply(folded, patch);
            Same(Served(step.After), folded);
        }
    });

    [Fact] public void a_patch_says_what_differs_between_the_served_states_and_nothing_else() => Scripts.Hold(output, script =>
    {
        using var draft = new JsonDraft();
        foreach (var step in Play.Of(script))
        {
            MergePatch.Write(draft.Begin(), Bytes(step.Before), Bytes(step.After));
            Same(JsonNode.Parse(draft.End())!, Sent(step.Before, step.After));
        }
    });

    private static byte[] Bytes(RoomState room) => JsonSerializer.SerializeToUtf8Bytes(RoomView.Of(room), RoomJson.Default.RoomView);

    [Fact] public void one_patch_over_many_commands_folds_to_the_served_state() => Scripts.Hold(output, script =>
    {
        if (script.Length == 0) return;
        var steps = Play.Of(script).ToList();
        var dice = new Dice(script.Length);
        var folded = Served(steps[0].Before);
        for (var from = 0; from < steps.Count;)
        {
            var to = Math.Min(steps.Count, from + 1 + dice.Next(40));
            folded = MergePatch.Apply(folded, Sent(steps[from].Before, steps[to - 1].After))!;
            Same(Served(steps[to - 1].After), folded);
            from = to;
        }
    });

    [Fact] public void a_patch_also_leads_back_and_from_nothing() => Scripts.Hold(output, script =>
    {
        foreach (var step in Play.Of(script).TakeLast(1))
        {
            Same(Served(step.After), MergePatch.Apply(Served(RoomState.Empty), Sent(RoomState.Empty, step.After)));
            Same(Served(step.Before), MergePatch.Apply(Served(step.After), Sent(step.After, step.Before)));
        }
    });
}
