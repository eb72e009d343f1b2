using System.Globalization;

namespace SessionRoom.LoadTests;

/// <summary>What stands behind the scenario's name: <c>--name value</c>.</summary>
internal sealed class Options(IEnumerable<string> arguments)
{
    private readonly Dictionary<string, string> _values = arguments.Chunk(2).ToDictionary(
        pair => pair[0].StartsWith("--", StringComparison.Ordinal) && pair.Length == 2 ? pair[0][2..] : throw new FormatException($"{pair[0]} is not --name value"),
        pair => pair[1], StringComparer.Ordinal);

    public int? Number(string name) => _values.TryGetValue(name, out var value) ? int.Parse(value, CultureInfo.InvariantCulture) : null;

    public int Number(string name, int otherwise) => Number(name) ?? otherwise;

    public string Word(string name, string otherwise, params string[] known) =>
        !_values.TryGetValue(name, out var value) ? otherwise : known.Contains(value, StringComparer.Ordinal) ? value : throw new FormatException($"--{name} is one of {string.Join(", ", known)}");
}
