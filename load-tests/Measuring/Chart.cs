using System.Globalization;
using System.Net;
using System.Text;

namespace SessionRoom.LoadTests.Measuring;

/// <summary>A figure that can be drawn.</summary>
internal interface ICharted
{
    Chart Chart { get; }
}

/// <summary>A plain SVG: groups of bars, or lines, with their numbers written beside them.</summary>
internal sealed class Chart
{
    private const int Width = 860, Left = 170, Right = 110, Bar = 16, Gap = 22, Top = 60;

    private static readonly string[] Colours = ["#0b6e4f", "#2f5d9b", "#b3541e", "#7a3b8f", "#5f6b73", "#a0801a"];

    private readonly string _svg;

    private Chart(string svg) => _svg = svg;

    /// <summary>The document.</summary>
    public override string ToString() => _svg;

    public static Chart Bars(string title, string unit, IReadOnlyList<(string Group, List<(string Name, double Value)> Bars)> groups)
    {
        var (text, y) = (new StringBuilder(), Top);
        var names = groups.SelectMany(group => group.Bars.Select(bar => bar.Name)).Distinct(StringComparer.Ordinal).ToList();
        foreach (var (group, bars) in groups)
        {
            Write(text, 16, y, group, "bold");
            y += 8;
            var most = bars.Select(bar => bar.Value).Where(double.IsFinite).DefaultIfEmpty(1).Max();
            foreach (var (name, value) in bars)
            {
                var width = double.IsFinite(value) && most > 0 ? Math.Max(1, (Width - Left - Right) * value / most) : 0;
                Write(text, 24, y + 12, name);
                text.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Left}\" y=\"{y}\" width=\"{width:0.#}\" height=\"{Bar - 3}\" fill=\"{Colours[names.IndexOf(name) % Colours.Length]}\"/>\n");
                Write(text, Left + width + 6, y + 11, value.ToString(value < 100 ? "0.##" : "#,0", CultureInfo.InvariantCulture));
                y += Bar;
            }
            y += Gap;
        }
        return Framed(title, unit, text, y);
    }

    /// <param name="across">What stands on the horizontal axis, which is logarithmic, as is the other.</param>
    public static Chart Lines(string title, string across, string unit, IReadOnlyList<(string Name, List<(double X, double Y)> Points)> lines)
    {
        const int Bottom = 380, Axis = 70;
        var text = new StringBuilder();
        var points = lines.SelectMany(line => line.Points).Where(point => point is { X: > 0, Y: > 0 } && double.IsFinite(point.Y)).ToList();
        if (points.Count == 0) return Framed(title, unit, text, Top);
        double fromX = Math.Log10(points.Min(point => point.X)), toX = Math.Log10(points.Max(point => point.X)) + 0.01, fromY = Math.Floor(Math.Log10(points.Min(point => point.Y))), toY = Math.Ceiling(Math.Log10(points.Max(point => point.Y)) + 0.01);
        for (var power = fromY; power <= toY; power++)
        {
            text.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Axis}\" x2=\"{Width - Right}\" y1=\"{Y(Math.Pow(10, power)):0.#}\" y2=\"{Y(Math.Pow(10, power)):0.#}\" stroke=\"#999\" stroke-width=\"0.5\"/>\n");
            Write(text, 16, Y(Math.Pow(10, power)) + 4, Math.Pow(10, power).ToString("#,0.###", CultureInfo.InvariantCulture));
        }
        foreach (var x in points.Select(point => point.X).Distinct().Order()) Write(text, X(x) - 10, Bottom + 18, x.ToString("#,0", CultureInfo.InvariantCulture));
        Write(text, Axis, Bottom + 38, across);
        for (var i = 0; i < lines.Count; i++)
        {
            var drawn = lines[i].Points.Where(point => point is { X: > 0, Y: > 0 } && double.IsFinite(point.Y)).OrderBy(point => point.X).ToList();
            if (drawn.Count == 0) continue;
            var dashes = i == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" stroke-dasharray=\"{3 * i} {2 + i}\"");
            text.Append(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" stroke=\"{Colours[i % Colours.Length]}\" stroke-width=\"2\"{dashes} points=\"{string.Join(' ', drawn.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.X):0.#},{Y(point.Y):0.#}")))}\"/>\n");
            Write(text, X(drawn[^1].X) + 6, Y(drawn[^1].Y) + 4, lines[i].Name);
        }
        return Framed(title, unit, text, Bottom + 50);

        double X(double x) => Axis + ((Width - Right - Axis - 20) * (Math.Log10(x) - fromX) / (toX - fromX));
        double Y(double y) => Bottom - ((Bottom - Top) * (Math.Log10(y) - fromY) / (toY - fromY));
    }

    private static Chart Framed(string title, string unit, StringBuilder content, double height) => new(string.Create(CultureInfo.InvariantCulture,
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height:0}\" font-family=\"sans-serif\" font-size=\"12\" role=\"img\">\n<title>{WebUtility.HtmlEncode($"{title}: {unit}")}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n<text x=\"16\" y=\"24\" font-size=\"15\" font-weight=\"bold\">{WebUtility.HtmlEncode(title)}</text>\n<text x=\"16\" y=\"42\">{WebUtility.HtmlEncode(unit)}</text>\n{content}</svg>\n"));

    private static void Write(StringBuilder to, double x, double y, string text, string weight = "normal") =>
        to.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" font-weight=\"{weight}\">{WebUtility.HtmlEncode(text)}</text>\n");
}
