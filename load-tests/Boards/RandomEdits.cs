using SessionRoom.Crdt;

namespace SessionRoom.LoadTests.Boards;

/// <summary>What somebody does on a board, one thing at a time: cards come, move, are written on and go; decisions and notes are written.</summary>
internal sealed class RandomEdits(Random random)
{
    private static readonly string[] Columns = ["todo", "doing", "done"], Words = ["plan ", "room", ", then ", "ü", "日本", "💡", "call Ann\n", "x", " — "];

    private int _cards;

    public void Edit(Doc doc)
    {
        var actions = doc.GetMap("actions");
        string[] cards = [.. actions.Keys];
        switch (random.Next(20))
        {
            case < 4 when cards.Length < 200: Add(actions, $"{doc.ClientId}-{++_cards}"); break;
            case 4 when cards.Length > 10: actions.Delete(Pick(cards)); break;
            case < 8 when Card(actions, cards) is { } card: Move(card); break;
            case < 13 when Card(actions, cards) is { } card: Write(card, "title"); break;
            case < 15 when Card(actions, cards) is { } card: Write(card, "notes"); break;
            case 15 when Card(actions, cards) is { } card: card.Set("sealed", random.Next(2) == 0); break;
            case 16: Decide(doc.GetArray("decisions")); break;
            default: Type(doc.GetText("notes")); break;
        }
    }

    private void Add(YMap actions, string id)
    {
        var card = actions.SetMap(id);
        card.SetText("title", Pick(Words));
        card.Set("createdAt", 1_795_686_000_000 + random.Next());
        Move(card);
    }

    private YMap? Card(YMap actions, string[] cards) => cards.Length > 0 ? (YMap)actions[Pick(cards)].AsType : null;

    private void Move(YMap card)
    {
        card.Set("column", Pick(Columns));
        card.Set("rank", $"a{random.Next(10_000):0000}");
    }

    private void Write(YMap card, string field) => Type(card.KindOf(field) == YValueKind.Type ? (YText)card[field].AsType : card.SetText(field));

    private void Decide(YArray decisions)
    {
        if (decisions.Count > 3 && random.Next(3) == 0) decisions.Delete(random.Next(decisions.Count));
        else decisions.InsertMap(random.Next(decisions.Count + 1)).SetText("text", Pick(Words));
    }

    private void Type(YText text)
    {
        var now = text.ToString();
        var (from, to) = (Boundary(now), Boundary(now));
        if (from != to && random.Next(3) == 0) text.Delete(Math.Min(from, to), Math.Min(8, Math.Abs(to - from)) is var length && Cuts(now, Math.Min(from, to) + length) ? length + 1 : length);
        else text.Insert(from, Pick(Words));
    }

    private int Boundary(string text) => random.Next(text.Length + 1) is var at && Cuts(text, at) ? at + 1 : at;

    private static bool Cuts(string text, int at) => at < text.Length && char.IsLowSurrogate(text[at]);

    private T Pick<T>(T[] some) => some[random.Next(some.Length)];
}
