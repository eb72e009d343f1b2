namespace SessionRoom.LoadTests.Measuring;

/// <summary>A straight line through what was measured over time: how fast it grows, and between which bounds that is so with 95 % confidence.</summary>
/// <param name="PerHour">The slope.</param>
/// <param name="Low">The lower bound.</param>
/// <param name="High">The upper bound.</param>
public sealed record Slope(double PerHour, double Low, double High)
{
    /// <summary>Growth cannot be told from none; what shrinks does not grow.</summary>
    public bool IsFlat => !(Low > 0);

    /// <summary>Ordinary least squares over means of blocks: neighbouring samples resemble each other, blocks hardly do.</summary>
    /// <param name="samples">Hours and values, in order of time.</param>
    /// <param name="blocks">How many means are taken; at least 3.</param>
    public static Slope Of(IReadOnlyList<(double Hours, double Value)> samples, int blocks)
    {
        var size = Math.Max(1, samples.Count / blocks);
        var points = samples.Chunk(size).Where(block => block.Length == size).Select(block => (X: block.Average(sample => sample.Hours), Y: block.Average(sample => sample.Value))).ToList();
        if (points.Count < 3) return new(double.NaN, double.NaN, double.NaN);
        var (meanX, meanY) = (points.Average(point => point.X), points.Average(point => point.Y));
        var spread = points.Sum(point => Math.Pow(point.X - meanX, 2));
        var slope = points.Sum(point => (point.X - meanX) * (point.Y - meanY)) / spread;
        var rest = points.Sum(point => Math.Pow(point.Y - meanY - (slope * (point.X - meanX)), 2));
        var error = Math.Sqrt(rest / (points.Count - 2) / spread) * StudentT(points.Count - 2);
        return new(slope, slope - error, slope + error);
    }

    /// <summary>The two-sided 95 % quantile.</summary>
    private static double StudentT(int degrees)
    {
        ReadOnlySpan<double> table = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086];
        // Beyond the table the first terms of its expansion around the normal quantile are exact to three digits.
        return degrees <= table.Length ? table[degrees - 1] : 1.95996 + (2.37 / degrees) + (2.8 / degrees / degrees);
    }
}
