namespace SessionRoom.Crdt.Benchmarks;

/// <summary>Prepares a workload from its inputs; the result is one run of it.</summary>
internal delegate Func<Sample> Workload(IReadOnlyList<byte[]> inputs);

/// <summary>What a row compares.</summary>
internal enum Measured
{
    Time,
    P99,
    Memory,
}

/// <summary>One line of the table.</summary>
/// <param name="Name">What the reader sees.</param>
/// <param name="Kind">Yjs' workload in tests/peers/crdt/bench.</param>
/// <param name="Target">The ratio engine : Yjs that must not be exceeded; 0 when there is none.</param>
/// <param name="Inputs">What both sides are given. Where Yjs makes the inputs, they come after these.</param>
internal sealed record Row(string Name, string Kind, double Target, Workload Engine, IReadOnlyList<byte[]> Inputs)
{
    public Measured Measured { get; init; }

    /// <summary>A second ratio from the same runs: the 99th percentile of single operations.</summary>
    public double P99Target { get; init; }
}

/// <summary>A finished line.</summary>
internal sealed record Result(Row Row, Sample Yjs, Sample Engine)
{
    public bool SameBytes => Yjs.Proof == Engine.Proof;

    public double Ratio => Row.Measured == Measured.Memory ? Engine.Bytes / Yjs.Bytes : Engine.Wall / Yjs.Wall;

    public double CpuRatio => Engine.Cpu / Yjs.Cpu;

    public double P99Ratio => Engine.P99 / Yjs.P99;
}
