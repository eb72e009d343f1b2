using System.Xml.Linq;

namespace SessionRoom.Server.Tests;

public sealed class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["SessionRoom.Crdt"] = [],
        ["SessionRoom.Domain"] = [],
        ["SessionRoom.MessagePack"] = [],
        ["SessionRoom.Rooms"] = ["SessionRoom.Crdt", "SessionRoom.Domain"],
        ["SessionRoom.Redis"] = ["SessionRoom.Rooms"],
        // The board's replica is the client's as well as the server's.
        ["SessionRoom.Client"] = ["SessionRoom.Crdt", "SessionRoom.MessagePack"],
        ["SessionRoom.Server"] = ["SessionRoom.MessagePack", "SessionRoom.Redis", "SessionRoom.Rooms"],
    };

    [Fact]
    public void projects_reference_only_what_the_design_lets_them()
    {
        var projects = Repository.Root.GetDirectories("src").Single().GetFiles("*.csproj", SearchOption.AllDirectories);
        Assert.NotEmpty(projects);
        foreach (var project in projects)
        {
            var name = Path.GetFileNameWithoutExtension(project.Name);
            Assert.True(Arrows.ContainsKey(name), $"{name} has no place in the design");
            var used = XDocument.Load(project.FullName).Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/')));
            Assert.All(used, other => Assert.Contains(other, Arrows[name]));
        }
    }

    [Theory]
    [InlineData("SessionRoom.Domain", "SessionRoom.", "Microsoft.")]
    [InlineData("SessionRoom.Crdt", "SessionRoom.", "Microsoft.")]
    [InlineData("SessionRoom.Client", "SessionRoom.Domain", "SessionRoom.Rooms", "SessionRoom.Server")]
    [InlineData("SessionRoom.Rooms", "SessionRoom.Server", "SessionRoom.Redis", "Microsoft.AspNetCore")]
    public void what_was_compiled_uses_nothing_else(string project, params string[] never)
    {
        var used = System.Reflection.Assembly.Load(project).GetReferencedAssemblies().Select(assembly => assembly.Name!);
        Assert.DoesNotContain(used, name => never.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
    }

    [Fact]
    public void the_hub_has_one_line_per_method()
    {
        var hub = File.ReadAllText(Path.Combine(Repository.Root.FullName, "src/SessionRoom.Server/Hub/RoomHub.cs"));
        var body = hub[hub.IndexOf("class RoomHub", StringComparison.Ordinal)..hub.IndexOf("class HubContexts", StringComparison.Ordinal)];
        Assert.DoesNotContain("await", body, StringComparison.Ordinal);
        Assert.Equal(2, body.Count(unit => unit is '{' or '}'));
    }

    [Fact]
    public void no_source_file_is_longer_than_four_hundred_lines() =>
        Assert.All(Repository.Files(".cs"), file => Assert.True(File.ReadLines(file.FullName).Count() <= 400, $"{file.FullName} is too long"));
}
