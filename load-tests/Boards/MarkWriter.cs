using SessionRoom.Client;

namespace SessionRoom.LoadTests.Boards;

/// <summary>Somebody who writes on a board without waiting for each answer. Every edit leaves a mark of its own, which can be looked for.</summary>
/// <param name="board">Their replica.</param>
/// <param name="name">Begins their marks; nobody else's.</param>
/// <param name="seed">Seeds what they write and when.</param>
/// <param name="pauseMs">How long they rest between two edits, in milliseconds.</param>
internal sealed class MarkWriter(RoomBoard board, string name, int seed, (int From, int To) pauseMs)
{
    private const int MostUnanswered = 8;

    private readonly List<string> _answered = [], _refused = [];
    private readonly Random _random = new(seed);
    private int _number;

    /// <summary>The marks of edits that were answered with <c>ok</c>.</summary>
    public IReadOnlyList<string> Answered
    {
        get { lock (_answered) return [.. _answered]; }
    }

    /// <summary>The marks of edits that were answered otherwise.</summary>
    public IReadOnlyList<string> Refused
    {
        get { lock (_answered) return [.. _refused]; }
    }

    /// <summary>Writes until it is stopped; completes when every edit is answered.</summary>
    public async Task WriteAsync(CancellationToken stop)
    {
        var (script, waiting) = (new RandomEdits(_random), new List<Task>());
        while (!stop.IsCancellationRequested)
        {
            waiting.Add(MarkAsync(_random.Next(4) == 0 ? script : null));
            await Task.Delay(_random.Next(pauseMs.From, pauseMs.To), CancellationToken.None);
            if (waiting.Count < MostUnanswered) continue;
            await Task.WhenAll(waiting);
            waiting.Clear();
        }
        await Task.WhenAll(waiting);
    }

    /// <summary>One edit; answers whether it was taken.</summary>
    public async Task<bool> MarkAsync(RandomEdits? script = null)
    {
        var (number, mark) = (_number, $"{name} {_number++}");
        var answer = await board.EditAsync(doc =>
        {
            doc.GetMap("marks").Set(mark, number);
            script?.Edit(doc);
        }, CancellationToken.None);
        lock (_answered) (answer.Ok ? _answered : _refused).Add(mark);
        return answer.Ok;
    }
}
