namespace SessionRoom.Crdt.Tests.Differential;

/// <summary>Where the sources are: tests read data and peers from there.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Data(string file) => Path.Combine(Root, "tests", "data", file);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SessionRoom.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("SessionRoom.sln is in no folder above the tests.");
    }
}
