using System.Text.Json.Nodes;
using SessionRoom.Client;
using SessionRoom.LoadTests.Boards;

namespace SessionRoom.LoadTests.Circle;

/// <summary>One of a <see cref="Cast"/>: does one thing after the other and waits for the answer to each.</summary>
internal sealed class Player(string name, Recorder recorder, int seed) : IAsyncDisposable
{
    private readonly SemaphoreSlim _writing = new(1);
    private readonly RandomEdits _edits = new(new Random(seed));
    private bool _ended;
    private int _marks, _played;

    public string Name => name;
    public Recorder Recorder => recorder;
    public RoomClient Client { get; set; } = null!;
    public int Answered { get; private set; }

    /// <summary>The highest sequence that they were answered with.</summary>
    public long AnsweredSeq { get; private set; }
    public int Refused { get; private set; }
    public int Edits { get; private set; }
    public int Waiting { get; private set; }

    public async Task DoAsync(Step step)
    {
        var fields = (JsonObject?)step.Fields?.DeepClone() ?? [];
        if (fields["name"]?.GetValue<string>() is { } text) fields["name"] = $"{text.Replace("$name", name, StringComparison.Ordinal)} {++_played}";
        // What one sees is what one means.
        if (step.Do == "floor.next" && Client.Current.State["floor"]?["entryId"] is { } entry) fields["expect"] = entry.DeepClone();
        Waiting++;
        var answer = await Client.DoAsync(step.Do, fields);
        Waiting--;
        Answered++;
        AnsweredSeq = Math.Max(AnsweredSeq, answer.Seq);
        if (!answer.Ok) Refused++;
    }

    /// <summary>An edit that leaves a mark of its own, and another like those that people make.</summary>
    public async Task WriteAsync()
    {
        await _writing.WaitAsync();
        try
        {
            var (number, mark) = (_marks, $"{name} {_marks++}");
            Waiting++;
            var answer = await Client.Board!.EditAsync(doc =>
            {
                doc.GetMap("marks").Set(mark, number);
                _edits.Edit(doc);
            });
            Waiting--;
            Edits++;
            if (answer.Ok) recorder.Marked(mark);
            else Refused++;
        }
        finally
        {
            _writing.Release();
        }
    }

    public Task OffRecordAsync() => _writing.WaitAsync();

    public void OnRecord() => _writing.Release();

    public async ValueTask DisposeAsync()
    {
        if (_ended) return;
        _ended = true;
        if (Client is not null) await Client.DisposeAsync();
        recorder.Dispose();
        _writing.Dispose();
    }
}
