using System.Text.RegularExpressions;

namespace SessionRoom.Server.Tests;

public sealed partial class DocumentationTests
{
    private static readonly string[] Tops = ["src", "tests", "web", "load-tests", ".ci"];

    [Fact]
    public void every_path_that_a_document_names_exists()
    {
        var documents = Repository.Files(".md").ToList();
        Assert.Contains(documents, document => document.FullName.EndsWith("SessionRoom.Server/PROTOCOL.md", StringComparison.Ordinal));
        foreach (var document in documents)
            foreach (Match named in Backticked().Matches(File.ReadAllText(document.FullName)))
            {
                var path = named.Groups["path"].Value;
                if (!IsPath(path)) continue;
                var places = new[] { Repository.Root.FullName, document.DirectoryName! }.Select(from => Path.Combine(from, path));
                Assert.True(places.Any(Path.Exists), $"{document.FullName} names {path}, which does not exist");
            }
    }

    [Fact]
    public void every_limit_and_metric_has_its_row_in_the_protocol()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root.FullName, "src/SessionRoom.Server/PROTOCOL.md"));
        foreach (var limit in typeof(LimitOptions).GetProperties()) Assert.Contains($"`{limit.Name}`", page, StringComparison.Ordinal);
        foreach (var setting in typeof(WebhookPace).GetProperties()) Assert.Contains($"`{setting.Name}`", page, StringComparison.Ordinal);
        foreach (var type in WebhookTypes.All) Assert.Contains($"| `{type}` |", page, StringComparison.Ordinal);
        foreach (var setting in typeof(ServerOptions).GetProperties()) Assert.Contains($"SessionRoom:{setting.Name}", page, StringComparison.Ordinal);
        foreach (Match type in EventNames().Matches(File.ReadAllText(Path.Combine(Repository.Root.FullName, "src/SessionRoom.Domain/RoomEvent.cs"))))
            if (type.Groups["type"].Value != "room.created") Assert.Contains($"`{type.Groups["type"].Value}`", page, StringComparison.Ordinal);
        foreach (var code in Enum.GetValues<Domain.RefusalCode>()) Assert.Contains($"`{Words.Of(code)}`", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task every_metric_that_is_served_has_its_row_in_the_protocol()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root.FullName, "src/SessionRoom.Server/PROTOCOL.md"));
        await using var server = await RunningServer.StartAsync();
        var served = (await server.Http.GetStringAsync("/metrics")).Split('\n').Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]).ToList();
        Assert.NotEmpty(served);
        Assert.All(served, name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    // A path begins at the top of the repository, or names a document beside the one that names it. What is built is not there before the build.
    private static bool IsPath(string text) =>
        (Tops.Contains(text.Split('/')[0]) && text.Contains('/') && !text.Contains("/dist", StringComparison.Ordinal) && !text.Contains("node_modules", StringComparison.Ordinal))
        || text.EndsWith(".md", StringComparison.Ordinal);

    [GeneratedRegex("`(?<path>[A-Za-z0-9_.@/-]+)`", RegexOptions.None, 1_000)]
    private static partial Regex Backticked();

    [GeneratedRegex("JsonDerivedType\\(typeof\\(\\w+\\), \"(?<type>[a-z.]+)\"\\)", RegexOptions.None, 1_000)]
    private static partial Regex EventNames();
}
