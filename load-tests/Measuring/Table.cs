namespace SessionRoom.LoadTests.Measuring;

/// <summary>A Markdown table, its columns as wide as their longest cell.</summary>
internal sealed class Table(params string[] heads)
{
    private readonly List<string[]> _rows = [heads, [.. heads.Select(_ => "---")]];

    public Table Row(params object[] cells)
    {
        _rows.Add([.. cells.Select(cell => cell is double number ? number.ToString("0.##") : cell.ToString() ?? "")]);
        return this;
    }

    public override string ToString()
    {
        var widths = Enumerable.Range(0, heads.Length).Select(column => _rows.Max(row => row[column].Length)).ToArray();
        return string.Join('\n', _rows.Select(row => "| " + string.Join(" | ", row.Select((cell, column) => cell == "---" ? new string('-', widths[column]) : cell.PadRight(widths[column]))) + " |"));
    }
}
