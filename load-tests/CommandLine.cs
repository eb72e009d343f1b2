using System.CommandLine;
using SessionRoom.LoadTests.Measuring;

namespace SessionRoom.LoadTests;

/// <summary>What can be said to one scenario, and what it does then.</summary>
internal sealed class Scenario : Command
{
    private readonly Dictionary<string, Option> _options = new(StringComparer.Ordinal);

    public Scenario(string name, string description, Func<Given, Task<IFigure>> run, Output output, params Option[] options) : base(name, description)
    {
        foreach (var option in options)
        {
            _options[option.Name] = option;
            Add(option);
        }
        SetAction(async (parsed, _) => await output.ShowAsync(parsed, await run(new(parsed, _options))));
    }

    public static Option Number(string name, int otherwise, string description) => new Option<int>($"--{name}") { DefaultValueFactory = _ => otherwise, Description = description };

    public static Option Number(string name, double otherwise, string description) => new Option<double>($"--{name}") { DefaultValueFactory = _ => otherwise, Description = description };

    public static Option Numbers(string name, int[] otherwise, string description) =>
        new Option<int[]>($"--{name}") { DefaultValueFactory = _ => otherwise, Description = description, AllowMultipleArgumentsPerToken = true, Arity = ArgumentArity.ZeroOrMore };

    public static Option Word(string name, string otherwise, string description, params string[] known)
    {
        var option = new Option<string>($"--{name}") { DefaultValueFactory = _ => otherwise, Description = description };
        option.AcceptOnlyFromAmong(known);
        return option;
    }

    public static Option Words(string name, string[] otherwise, string description, params string[] known)
    {
        var option = new Option<string[]>($"--{name}") { DefaultValueFactory = _ => otherwise, Description = description, AllowMultipleArgumentsPerToken = true };
        option.AcceptOnlyFromAmong(known);
        return option;
    }

    public static Option Histories { get; } = new Option<string?>("--histories") { Description = "Keep the clients' histories in this folder; deleted by default." };

    public static Option Seed { get; } = new Option<int?>("--seed") { Description = "Seeds everything random; drawn and printed by default." };
}

/// <summary>What was said.</summary>
internal sealed class Given(ParseResult parsed, IReadOnlyDictionary<string, Option> options)
{
    public int Number(string name) => parsed.GetValue((Option<int>)options[$"--{name}"]);

    public double Real(string name) => parsed.GetValue((Option<double>)options[$"--{name}"]);

    public int[] Numbers(string name) => parsed.GetValue((Option<int[]>)options[$"--{name}"]) ?? [];

    public string Word(string name) => parsed.GetValue((Option<string>)options[$"--{name}"])!;

    public string[] Words(string name) => parsed.GetValue((Option<string[]>)options[$"--{name}"]) ?? [];

    public string? Path(string name) => parsed.GetValue((Option<string?>)options[$"--{name}"]);

    public int? Seed => parsed.GetValue((Option<int?>)options["--seed"]);
}
