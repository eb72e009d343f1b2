using System.Text.Json.Nodes;
using SessionRoom.Crdt;
using SessionRoom.LoadTests.Crowd;

namespace SessionRoom.LoadTests.Boards;

/// <summary>What a replica holds: the content, whatever order its keys came in, and how far it knows each client.</summary>
internal sealed record BoardContent(YValue Json, byte[] Vector)
{
    public static BoardContent Of(Doc doc)
    {
        // A root that nobody has asked for has no kind, and would be read by what it holds.
        foreach (var root in (string[])["actions", "marks"]) doc.GetMap(root);
        foreach (var root in (string[])["columns", "decisions"]) doc.GetArray(root);
        doc.GetText("notes");
        return new(doc.ToJson(), doc.EncodeStateVector());
    }

    /// <summary>Whether it is without one of these marks.</summary>
    public bool Lacks(IEnumerable<string> marks) => Json.AsObject["marks"].AsObject is var there && marks.Any(mark => !there.ContainsKey(mark));

    /// <summary>For a person to read: which clients it knows further or less far, by how many clocks.</summary>
    public string DifferenceFrom(BoardContent other)
    {
        var (mine, theirs) = (Updates.DecodeStateVector(Vector), Updates.DecodeStateVector(other.Vector));
        var clocks = mine.Keys.Union(theirs.Keys).Select(id => (Id: id, By: (long)mine.GetValueOrDefault(id) - (long)theirs.GetValueOrDefault(id))).Where(client => client.By != 0);
        return string.Join(", ", clocks.Select(client => $"{client.By:+0;-0} of {client.Id}").Append(Json == other.Json ? "same content" : "other content"));
    }

    public bool Same(BoardContent other) => Json == other.Json && Vector.AsSpan().SequenceEqual(other.Vector);
}

/// <summary>The server's replica, as whoever joins without one gets it.</summary>
/// <param name="Vector">What the server says of itself, beside the document.</param>
internal sealed record ServedBoard(Doc Doc, byte[] Vector, long N, string Answer)
{
    public BoardContent Content => BoardContent.Of(Doc);

    /// <summary>Whether the document that it sends is all that it has.</summary>
    public bool IsWhole => Doc.EncodeStateVector().AsSpan().SequenceEqual(Vector);

    /// <summary>Which of these marks it does not have.</summary>
    public IEnumerable<string> Lacking(IEnumerable<string> marks)
    {
        var there = Doc.GetMap("marks");
        return marks.Where(mark => !there.ContainsKey(mark));
    }

    public static async Task<ServedBoard> ReadAsync(Uri server, string token)
    {
        await using var visitor = new Intruder();
        if (await visitor.OpenAsync(server, token) is { } refused) throw new InvalidOperationException($"the hub answers {refused}");
        return Of(await visitor.EnterAsync());
    }

    public static ServedBoard Of(string answer)
    {
        var joined = answer.StartsWith('{') ? JsonNode.Parse(answer)! : throw new InvalidOperationException($"Join: {answer}");
        var doc = new Doc();
        if (doc.ApplyUpdate(Bytes(joined["board"])).Problem is { } problem) throw new InvalidDataException($"the served board cannot be read: {problem}");
        return new(doc, Bytes(joined["missing"]), joined["n"]!.GetValue<long>(), answer);
    }

    private static byte[] Bytes(JsonNode? base64) => Convert.FromBase64String(base64!.GetValue<string>());
}
