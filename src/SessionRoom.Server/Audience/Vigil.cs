namespace SessionRoom.Server;

/// <summary>Looks after the connections that are up: expired tokens, stalled readers, strangers that never join; and sees everybody off when the server stops.</summary>
internal sealed class Vigil(RoomAudience audience, Attendance attendance, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<Vigil> logger) : BackgroundService
{
    /// <summary>How often it looks; a token that expired is closed within this.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    /// <summary>Clients come back within this, each at its own moment.</summary>
    private const int SpreadMs = 3_000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Registered last, so called first: the framework closes every connection at the same signal.
        await using var farewell = lifetime.ApplicationStarted.Register(() => lifetime.ApplicationStopping.Register(SeeOff));
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) Look();
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private void Look()
    {
        foreach (var listener in audience.Everybody)
        {
            if (listener.HasExpired) listener.Dismiss(ByeReasons.Expired);
            else if (listener.HasStalled)
            {
                Log.TooSlow(logger, listener.ConnectionId, listener.Token.Room);
                listener.Dismiss(ByeReasons.TooSlow);
            }
            else if (listener.NeverJoined) listener.Dismiss(ByeReasons.TooSlow);
        }
    }

    private void SeeOff()
    {
        attendance.Stop();
        var farewells = audience.Everybody
            .Select(listener => listener.DismissAsync(ByeReasons.ServerStopping, Random.Shared.Next(250, 250 + SpreadMs), abort: false)).ToArray();
        Log.Stopping(logger, farewells.Length);
        Task.WaitAll(farewells, TimeSpan.FromSeconds(2));
    }
}
