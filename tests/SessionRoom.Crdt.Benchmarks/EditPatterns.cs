namespace SessionRoom.Crdt.Benchmarks;

/// <summary>The inputs of B1 and B2, by the definitions of the public crdt-benchmarks; seeded, so every run has the same.</summary>
internal static class EditPatterns
{
    /// <summary>N of the benchmark families.</summary>
    public const int Count = 6000;

    /// <summary>What both clients of B2 begin with, in units.</summary>
    public const int InitialLength = 100;

    public static TextEdit[] Append() => Make((random, i, _) => new(i, 0, Word(random, 1, 1)));

    public static TextEdit[] Prepend() => Make((random, _, _) => new(0, 0, Word(random, 1, 1)));

    public static TextEdit[] RandomCharacters(int seed = 1, int length = 0) =>
        Make((random, _, now) => new(random.Next(now + 1), 0, Word(random, 1, 1)), seed, length);

    public static TextEdit[] RandomWords() => Make((random, _, now) => new(random.Next(now + 1), 0, Word(random, 2, 10)));

    public static TextEdit[] RandomWords(int seed, int length) =>
        Make((random, _, now) => new(random.Next(now + 1), 0, Word(random, 3, 9)), seed, length);

    public static TextEdit[] InsertsAndDeletes() => Make((random, _, now) => InsertOrDelete(random, random.Next(now + 1), now));

    /// <summary>Each step inserts a word, and there inserts another or deletes up to nine units: two edits a step.</summary>
    public static TextEdit[] InsertsThenEdits(int seed, int length)
    {
        var random = new Random(seed);
        var edits = new List<TextEdit>(Count * 2);
        for (var i = 0; i < Count; i++)
        {
            var word = new TextEdit(random.Next(length + 1), 0, Word(random, 3, 9));
            length += word.Insert.Length;
            var next = InsertOrDelete(random, word.At, length);
            length += next.Insert.Length - next.Remove;
            edits.Add(word);
            edits.Add(next);
        }

        return [.. edits];
    }

    public static string Word(Random random, int least, int most) =>
        string.Create(random.Next(least, most + 1), random, static (span, random) =>
        {
            foreach (ref var unit in span)
            {
                unit = (char)('a' + random.Next(26));
            }
        });

    private static TextEdit InsertOrDelete(Random random, int at, int now) =>
        at == now || random.Next(2) == 0
            ? new(at, 0, Word(random, 2, 10))
            : new(at, random.Next(1, Math.Min(9, now - at) + 1), "");

    private static TextEdit[] Make(Func<Random, int, int, TextEdit> next, int seed = 1, int length = 0)
    {
        var random = new Random(seed);
        var edits = new TextEdit[Count];
        for (var i = 0; i < Count; i++)
        {
            edits[i] = next(random, i, length);
            length += edits[i].Insert.Length - edits[i].Remove;
        }

        return edits;
    }
}
