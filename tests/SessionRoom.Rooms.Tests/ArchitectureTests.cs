using System.Reflection;
using SessionRoom.Domain;

namespace SessionRoom.Rooms.Tests;

/// <summary>The arrows between projects point one way: Rooms to Domain and Crdt, and these to nothing of ours.</summary>
public sealed class ArchitectureTests
{
    private static readonly Assembly Crdt = Assembly.Load("SessionRoom.Crdt");

    [Fact]
    public void domain_and_crdt_depend_on_the_base_library_alone()
    {
        Assert.All(new[] { typeof(Room).Assembly, Crdt }, assembly => Assert.DoesNotContain(
            assembly.GetReferencedAssemblies(), name => !IsOfTheBaseLibrary(name.Name!)));
    }

    [Fact]
    public void rooms_depends_on_domain_crdt_sqlite_and_the_framework()
    {
        string[] allowed = ["SessionRoom.Domain", "SessionRoom.Crdt", "Microsoft.Data.Sqlite"];
        Assert.DoesNotContain(typeof(LiveRoom).Assembly.GetReferencedAssemblies(), name =>
            !allowed.Contains(name.Name) && !IsOfTheBaseLibrary(name.Name!)
            && !name.Name!.StartsWith("SQLitePCLRaw.", StringComparison.Ordinal) && !name.Name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal));
    }

    [Fact]
    public void project_files_reference_only_what_the_arrows_allow()
    {
        var allowed = new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["SessionRoom.Crdt"] = [],
            ["SessionRoom.Domain"] = [],
            ["SessionRoom.Rooms"] = ["SessionRoom.Crdt", "SessionRoom.Domain"],
        };
        foreach (var (project, targets) in allowed)
        {
            var file = System.Xml.Linq.XDocument.Load(Path.Combine(Root, "src", project, $"{project}.csproj"));
            var references = file.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
            Assert.Equal(targets, references.Order(StringComparer.Ordinal));
            if (targets.Length == 0) Assert.Empty(file.Descendants("PackageReference"));
        }
    }

    [Fact]
    public void the_rules_ban_clocks_randomness_tasks_and_input() =>
        Assert.All(["TimeProvider", "System.Random", "System.Threading.Tasks", "System.IO", "Guid.NewGuid"], banned =>
            Assert.Contains(banned, File.ReadAllText(Path.Combine(Root, "src", "SessionRoom.Domain", "BannedSymbols.txt")), StringComparison.Ordinal));

    private static bool IsOfTheBaseLibrary(string name) => name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard" or "mscorlib";

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder!.FullName, "SessionRoom.sln"))) folder = folder.Parent;
            return folder.FullName;
        }
    }
}
