namespace SessionRoom.Server;

/// <summary>Holds the data directory for this process: two servers on one would each publish only their own steps.</summary>
internal sealed class DataLock : IDisposable
{
    private readonly FileStream held;

    /// <exception cref="SettingsException">Another process holds it.</exception>
    public DataLock(ServerOptions options)
    {
        var path = Path.Combine(Directory.CreateDirectory(options.DataDirectory).FullName, "server.lock");
        try
        {
            // Exclusive for as long as the process lives, however it ends; the file itself stays.
            held = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException failure)
        {
            throw new SettingsException($"SessionRoom:DataDirectory: {path} is held by another server; one node serves a directory", failure);
        }
    }

    public void Dispose() => held.Dispose();
}
