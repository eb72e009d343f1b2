using System.Text.Json;
using SessionRoom.Crdt.Tests.Differential;

namespace SessionRoom.Crdt.Benchmarks;

/// <summary>Yjs in Node: prepares a row once, then runs it whenever asked.</summary>
internal sealed class YjsSide : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly YjsPeer _peer = new("crdt/bench.mjs", "--expose-gc", "--max-old-space-size=6144");
    private int _prepared;
    private string _name = "";

    public string NodeVersion { get; private set; } = "";

    public TimeSpan ProcessorTime => _peer.ProcessorTime;

    /// <summary>Gives the inputs that Yjs made for this row, if it made any.</summary>
    public IReadOnlyList<byte[]> Prepare(Row row)
    {
        _name = $"{++_prepared}/{row.Kind}";
        var request = new ScriptWriter().String(_name).Uint(row.Inputs.Count);
        foreach (var input in row.Inputs)
        {
            request.Bytes(input);
        }

        var answer = new ScriptReader(_peer.Ask(request.Written));
        var made = new byte[answer.Int()][];
        for (var i = 0; i < made.Length; i++)
        {
            made[i] = answer.Bytes();
        }

        return made;
    }

    public Sample Run()
    {
        var answer = new ScriptReader(_peer.Ask(new ScriptWriter().String(_name).Uint(0).Written));
        var sample = JsonSerializer.Deserialize<NodeSample>(answer.String(), Json)!;
        NodeVersion = sample.Node;
        return new Sample(sample.Wall, sample.Cpu, sample.P99, sample.Bytes, sample.Proof, sample.Size);
    }

    public void Dispose() => _peer.Dispose();

    private sealed record NodeSample(double Wall, double Cpu, double P99, double Bytes, string Proof, long Size, string Node);
}
