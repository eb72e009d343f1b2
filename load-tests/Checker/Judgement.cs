using SessionRoom.LoadTests.Measuring;

namespace SessionRoom.LoadTests.Checker;

/// <summary>What the histories of one room say.</summary>
/// <param name="Clients">Histories that were read.</param>
/// <param name="Answered">Commands that were answered with <c>ok</c>.</param>
/// <param name="Marks">Edits of the board that were answered with <c>ok</c>.</param>
/// <param name="Lost">Answered things without their effect, in the log or in the end.</param>
/// <param name="Twice">Things that have an effect more than once.</param>
/// <param name="Diverged">Clients whose fold of what they received, or whose own state or board, is not that of the others.</param>
/// <param name="Disagreements">Sequences of which two clients were sent different patches.</param>
/// <param name="Holes">Patches that did not follow what their connection had.</param>
/// <param name="Unseen">Answered commands whose patch nobody was sent, all being resynced over it: of these only the end speaks.</param>
public sealed record Judgement(int Clients, int Answered, int Marks, int Lost, int Twice, int Diverged, int Disagreements, int Holes, int Unseen, int Patches, int Resyncs, int Epochs, IReadOnlyList<string> Wrong)
{
    public bool Holds => Clients > 0 && Answered > 0 && Lost == 0 && Twice == 0 && Diverged == 0 && Disagreements == 0 && Holes == 0;

    public static Judgement Of(IReadOnlyList<Judgement> all) => new(all.Sum(one => one.Clients), all.Sum(one => one.Answered), all.Sum(one => one.Marks), all.Sum(one => one.Lost), all.Sum(one => one.Twice), all.Sum(one => one.Diverged),
        all.Sum(one => one.Disagreements), all.Sum(one => one.Holes), all.Sum(one => one.Unseen), all.Sum(one => one.Patches), all.Sum(one => one.Resyncs), all.Count == 0 ? 0 : all.Max(one => one.Epochs), [.. all.SelectMany(one => one.Wrong).Take(20)]);

    internal Table AddTo(Table table) => table.Row("clients", Clients).Row("commands answered with ok", Answered).Row("edits of the board answered with ok", Marks).Row("answered and lost", Lost).Row("done twice", Twice)
        .Row("diverged clients", Diverged).Row("sequences with two patches", Disagreements).Row("holes", Holes).Row("patches, as some client was sent them", Patches).Row("resyncs", Resyncs).Row("epochs", Epochs).Row("answered, their patch sent to nobody", Unseen);
}
