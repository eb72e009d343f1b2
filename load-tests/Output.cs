using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using SessionRoom.LoadTests.Measuring;

namespace SessionRoom.LoadTests;

/// <summary>Shows a result: a table for people, JSON for machines, an SVG where one is asked for.</summary>
internal sealed class Output
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public Option<bool> AsJson { get; } = new("--json") { Description = "Print the result as JSON.", Recursive = true };

    public Option<string?> ChartPath { get; } = new("--chart") { Description = "Draw the result into this SVG file.", Recursive = true };

    /// <returns>0 if the result holds, 1 if not.</returns>
    public async Task<int> ShowAsync(ParseResult parsed, IFigure result)
    {
        if (parsed.GetValue(ChartPath) is { } path)
        {
            if (result is ICharted charted) await File.WriteAllTextAsync(path, charted.Chart.ToString());
            else await Console.Error.WriteLineAsync("there is nothing to draw in this result");
        }
        if (parsed.GetValue(AsJson)) Console.WriteLine(JsonSerializer.Serialize(result, result.GetType(), Json));
        else Console.WriteLine($"{result}\n\n{(result.Holds ? "holds" : "DOES NOT HOLD")}");
        return result.Holds ? 0 : 1;
    }
}
