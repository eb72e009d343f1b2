namespace SessionRoom.Server.Tests;

/// <summary>The working tree that the tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] Made = ["node_modules", "artifacts", "dist", ".git", "obj", "bin", "test-results"];

    public static DirectoryInfo Root { get; } = Find(new(AppContext.BaseDirectory));

    /// <summary>Every file with that ending that people wrote.</summary>
    public static IEnumerable<FileInfo> Files(string ending, DirectoryInfo? under = null)
    {
        var folder = under ?? Root;
        return folder.EnumerateFiles("*" + ending).Concat(folder.EnumerateDirectories().Where(inner => !Made.Contains(inner.Name)).SelectMany(inner => Files(ending, inner)));
    }

    private static DirectoryInfo Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new InvalidOperationException("the tests do not run inside the repository"),
        _ when File.Exists(Path.Combine(folder.FullName, "SessionRoom.sln")) => folder,
        _ => Find(folder.Parent),
    };
}
