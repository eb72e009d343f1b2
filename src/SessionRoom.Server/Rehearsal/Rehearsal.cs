using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SessionRoom.Rooms;

namespace SessionRoom.Server;

/// <summary>Plays a short session before the server listens, so that nobody's join waits for code that has not run yet: the first joins of a cold server took half a second.</summary>
/// <remarks>A second server of the same parts, with a log in memory, a key, limits and meters of its own, that listens on the loopback for as long as this takes. Of it nothing
/// is left but compiled code. A rehearsal that fails costs nothing but that.</remarks>
internal static class Rehearsal
{
    /// <summary>How many are in the room together, half of them over each hub protocol.</summary>
    private const int Cast = 8;

    /// <summary>The code for a call is compiled with care after thirty of them.</summary>
    private const int Rounds = 40;

    public static async Task PlayAsync(TimeSpan most, ILogger logger)
    {
        if (most <= TimeSpan.Zero) return;
        using var over = new CancellationTokenSource();
        var began = TimeProvider.System.GetTimestamp();
        var joins = 0;
        try
        {
            await using var stage = Build();
            await stage.StartAsync(CancellationToken.None);
            over.CancelAfter(most);
            var address = new Uri(stage.Urls.Single());
            var (server, protocols) = (new IPEndPoint(IPAddress.Loopback, address.Port), stage.Services.GetServices<IHubProtocol>().ToArray());
            var (token, cast) = (await Player.GetInAsync(server, over.Token), new List<Player>());
            try
            {
                for (; ; joins++)
                {
                    cast.Add(await Player.ComeAsync(server, token, protocols[joins % protocols.Length], over.Token));
                    if (cast.Count < Cast) continue;
                    if (joins < Cast)
                        for (var round = 0; round < Rounds; round++) await cast[round % cast.Count].ActAsync(round, over.Token);
                    cast[0].Dispose();
                    cast.RemoveAt(0);
                }
            }
            finally
            {
                foreach (var player in cast) player.Dispose();
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // Long enough.
        }
        catch (Exception failure) when (failure is IOException or System.Net.Sockets.SocketException or InvalidOperationException or InvalidDataException)
        {
            Log.NotRehearsed(logger, failure);
        }
        Log.Rehearsed(logger, joins, (long)TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
    }

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = typeof(Rehearsal).Assembly.GetName().Name });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["SessionRoom:OpenCreation"] = "true", ["SessionRoom:SigningKey"] = Convert.ToHexString(RandomNumberGenerator.GetBytes(32)),
            ["SessionRoom:Limits:CommandBurst"] = "1000000", ["SessionRoom:Limits:ConnectionsPerPerson"] = "100000",
        });
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddLogging().AddRoutingCore().AddSingleton<IRoomLog>(new MemoryRoomLog());
        // Signals are for the server that is being started.
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, Unsignalled>());
        builder.AddSessionRoom();
        builder.Services.RemoveAll<DataLock>();
        var stage = builder.Build();
        stage.UseSessionRoom();
        return stage;
    }

    private sealed class Unsignalled : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
