using SessionRoom.Client;
using SessionRoom.LoadTests.Crowd;
using SessionRoom.LoadTests.Measuring;

namespace SessionRoom.LoadTests.Scenarios;

/// <param name="Commands">Random commands, over ten rooms.</param>
/// <param name="Seed">Seeds them.</param>
/// <param name="Seconds">Of each run with and without intruders; 0 leaves them out.</param>
/// <param name="Pairs">Such runs.</param>
public sealed record HostileSettings(int Commands = 10_000, int? Seed = null, double Seconds = 10, int Pairs = 3);

/// <summary>One thing that was tried.</summary>
/// <param name="Allowed">What it may be answered with.</param>
public sealed record Attempt(string What, string Answered, params string[] Allowed)
{
    /// <summary>Whether the room was the same afterwards.</summary>
    public bool HadNoEffect { get; init; } = true;

    public bool Holds => HadNoEffect && Allowed.Contains(Answered, StringComparer.Ordinal);
}

/// <param name="Outcomes">How the random commands were answered, by code.</param>
/// <param name="Effects">Refused commands after which something of the caller's had happened.</param>
/// <param name="Disagreeing">Rooms in which somebody who followed the patches had another state than the server in the end.</param>
public sealed record HostileResult(IReadOnlyList<Attempt> Attempts, IReadOnlyDictionary<string, int> Outcomes, int Effects, int Disagreeing, bool Stands, int Seed, Siege? Siege = null) : IFigure
{
    private static readonly HashSet<string> Answers = new(StringComparer.Ordinal)
    {
        "ok", "forbidden", "not_agreed", "stale", "invalid", "not_found", "closed", "rate_limited", "too_large", "ended",
    };

    /// <summary>Without how fast.</summary>
    public bool IsCorrect => Stands && Siege?.IsCorrect is not false && Effects == 0 && Disagreeing == 0 && Attempts.All(attempt => attempt.Holds) && Outcomes.Keys.All(Answers.Contains);

    public bool Holds => IsCorrect && Siege?.Holds is not false;

    public override string ToString()
    {
        var table = new Table("attempt", "answered", "no effect", "as it must");
        foreach (var attempt in Attempts) table.Row(attempt.What, attempt.Answered, attempt.HadNoEffect, attempt.Holds);
        var random = new Table("random commands answered with", "how many");
        foreach (var (outcome, count) in Outcomes.OrderByDescending(pair => pair.Value)) random.Row(outcome, count);
        return $"{table}\n\n{random}\n\nrefused commands with an effect: {Effects}; rooms whose watcher disagrees: {Disagreeing}; the server stands: {Stands}; seed {Seed}{(Siege is null ? "" : $"\n\n{Siege}")}";
    }
}

/// <summary>Bad input of every kind: refused with a code, without effect, and the server stands.</summary>
public static class Hostile
{
    private static readonly IntegratorKey Key = new("school", "a secret of at least thirty-two bytes", "https://school.example");

    public static async Task<HostileResult> RunAsync(HostileSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var seed = settings.Seed ?? Random.Shared.Next();
        await using var strict = await ServerProcess.StartAsync(Key.Settings);
        var attempts = await Attempts.AllAsync(strict, Key);

        // The random commands are about what is in them; how fast they may come was asked above.
        var settled = new Dictionary<string, string>(Key.Settings, StringComparer.Ordinal) { ["SessionRoom__Limits__CommandsPerSecond"] = "1000000", ["SessionRoom__Limits__CommandBurst"] = "1000000" };
        await using var open = await ServerProcess.StartAsync(settled);
        var storm = new CommandStorm(open, Key, new Random(seed));
        for (var room = 0; room < 10; room++) await storm.RunAsync($"storm-{room}", settings.Commands / 10);

        var stands = await StandsAsync(strict) && await StandsAsync(open);
        var siege = settings.Seconds > 0 ? await Siege.LayAsync(settings.Seconds, settings.Pairs) : null;
        return new(attempts, storm.Outcomes, storm.Effects, storm.Disagreeing, stands, seed, siege);
    }

    private static async Task<bool> StandsAsync(ServerProcess server)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        return server.Runs && (await http.GetAsync(new Uri("/health/ready", UriKind.Relative))).IsSuccessStatusCode && (await new RoomApi(http, Key.Secret).CreateAsync("Still here")).Id.Length > 0;
    }
}
