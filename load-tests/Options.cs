using System.Globalization;

namespace SessionRoom.LoadTests;

/// <summary>What stands behind the scenario's name: <c>--name value</c>, whole numbers all.</summary>
internal sealed class Options(IEnumerable<string> arguments)
{
    private readonly Dictionary<string, int> _values = arguments.Chunk(2).ToDictionary(
        pair => pair[0].StartsWith("--", StringComparison.Ordinal) && pair.Length == 2 ? pair[0][2..] : throw new FormatException($"{pair[0]} is not --name value"),
        pair => int.Parse(pair[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);

    public int? Number(string name) => _values.TryGetValue(name, out var value) ? value : null;

    public int Number(string name, int otherwise) => Number(name) ?? otherwise;
}
