using System.Text.Json;

namespace SessionRoom.MessagePack.Tests.Peers;

/// <summary>The official clients against a real server: every scenario of <c>signalr-scenarios.js</c>.</summary>
public sealed class PeerTests(PeerHost host, PeerAnswers answers) : IClassFixture<PeerHost>, IClassFixture<PeerAnswers>
{
    [PeerTheory]
    [InlineData("json")]
    [InlineData("messagepack")]
    public Task every_scenario_holds_in_node(string protocol) => EveryScenarioHolds("signalr-node.js", protocol);

    [PeerTheory(browser: true)]
    [InlineData("json")]
    [InlineData("messagepack")]
    public Task every_scenario_holds_in_chromium(string protocol) => EveryScenarioHolds("signalr-chromium.js", protocol);

    private async Task EveryScenarioHolds(string program, string protocol)
    {
        var results = JsonDocument.Parse(await PeerFiles.RunAsync(program, host.Address, protocol)).RootElement;
        var failures = results.EnumerateObject()
            .Where(result => result.Value.TryGetProperty("error", out _))
            .Select(result => $"{result.Name}: {result.Value.GetProperty("error").GetString()}")
            .ToList();
        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.Equal(protocol == "messagepack" ? 21 : 20, results.EnumerateObject().Count());
        answers.Compare(results);
    }
}

/// <summary>What each scenario answered first; all others must answer the same, whatever they run in and speak.</summary>
public sealed class PeerAnswers
{
    private readonly Dictionary<string, string> _first = new(StringComparer.Ordinal);

    public void Compare(JsonElement results)
    {
        foreach (var result in results.EnumerateObject())
        {
            var answer = result.Value.GetRawText();
            if (!_first.TryAdd(result.Name, answer)) Assert.Equal(_first[result.Name], answer);
        }
    }
}
