using System.Net.WebSockets;
using SessionRoom.Client;
using SessionRoom.LoadTests.Checker;
using SessionRoom.LoadTests.Circle;
using SessionRoom.LoadTests.Measuring;

namespace SessionRoom.LoadTests.Scenarios;

/// <param name="Rooms">Circles at once.</param>
/// <param name="Seconds">How long the ninety minutes take.</param>
/// <param name="Histories">Keeps the clients' histories in this folder; they are deleted by default.</param>
public sealed record SessionSettings(int Rooms = 4, double Seconds = 60, int? Seed = null, string? Histories = null);

/// <param name="Unanswered">Commands and edits without an answer in the end.</param>
public sealed record SessionResult(int Rooms, double Seconds, int Connections, int Refused, int Unanswered, Judgement Judgement, double Server, double Generator, int Seed) : IFigure
{
    public bool Holds => Judgement.Holds && Unanswered == 0;

    public override string ToString() => Judgement.AddTo(new Table("a ninety-minute circle, replayed fast", "figure").Row("circles at once", Rooms).Row("seconds", Seconds).Row("connections, with those after a cut", Connections)
        .Row("refused, as in any session", Refused).Row("never answered", Unanswered)).Row("server core", Server).Row("generator core", Generator).Row("seed", Seed) + string.Concat(Judgement.Wrong.Select(line => "\n" + line));
}

/// <summary>Circles that go from the check-in to the last word, each with ten people, some of them on bad networks.</summary>
public static class Session
{
    public static async Task<SessionResult> RunAsync(SessionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var seed = settings.Seed ?? Random.Shared.Next();
        await using var server = await ServerProcess.StartAsync();
        using var folder = new HistoryFolder(settings.Histories);
        using var http = new HttpClient { BaseAddress = server.Address };
        var usage = new Usage(() => server.CpuTime.TotalSeconds);
        var casts = await PlayAsync(new(http), server.Address, settings.Rooms, settings.Seconds, folder.Path, seed, OpenAsync);
        var (seconds, load, generator, _) = usage.Read();
        return new(settings.Rooms, seconds, casts.Sum(cast => cast.Connections), casts.Sum(cast => cast.Refused), casts.Sum(cast => cast.Unanswered), Judgement.Of([.. casts.Select(cast => HistoryChecker.Check(cast.Folder))]), load, generator, seed);
    }

    /// <summary>All circles from beginning to end; their histories are written when it returns.</summary>
    internal static async Task<IReadOnlyList<Cast>> PlayAsync(RoomApi api, Uri server, int rooms, double seconds, string folder, int seed, Func<Uri, string, CancellationToken, Task<WebSocket>> open)
    {
        var (script, casts) = (Script.Read(), new List<Cast>());
        try
        {
            for (var room = 0; room < rooms; room++) casts.Add(await Cast.GatherAsync(api, server, open, script, Path.Combine(folder, $"room-{room}"), seed + room));
            await Task.WhenAll(casts.Select(cast => cast.PlayAsync(TimeSpan.FromSeconds(seconds / script.Minutes))));
            await Task.WhenAll(casts.Select(cast => cast.EndAsync()));
            return casts;
        }
        finally
        {
            foreach (var cast in casts) await cast.DisposeAsync();
        }
    }

    internal static async Task<WebSocket> OpenAsync(Uri hub, string token, CancellationToken cancel)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        try
        {
            await socket.ConnectAsync(hub, cancel);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>Where histories are written: a folder that stays, or one that goes.</summary>
internal sealed class HistoryFolder(string? kept) : IDisposable
{
    public string Path { get; } = kept ?? Directory.CreateTempSubdirectory("sessionroom-load-histories-").FullName;

    public void Dispose()
    {
        if (kept is null) Directory.Delete(Path, recursive: true);
    }
}
