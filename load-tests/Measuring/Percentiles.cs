namespace SessionRoom.LoadTests.Measuring;

internal static class Percentiles
{
    /// <summary>The value that this share of all does not exceed.</summary>
    public static double At(this IReadOnlyList<double> sorted, double share) => sorted.Count == 0 ? double.NaN : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
}
