using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace SessionRoom.Rooms;

public static class RoomsServices
{
    /// <summary>Registers <see cref="RoomDirectory"/>, and the embedded SQLite log unless an <see cref="IRoomLog"/> is registered already. The host registers
    /// an <see cref="IRoomAudience"/>. Rooms go by the host's <see cref="SteadyTime"/> where it registers one, else by its <see cref="TimeProvider"/>: whatever the
    /// host tells clients as the server's time has to come from the same clock.</summary>
    public static IServiceCollection AddRooms(this IServiceCollection services, RoomOptions options)
    {
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IRoomLog>(provider => SqliteRoomLog.Open(options, provider.GetRequiredService<ILogger<SqliteRoomLog>>()));
        services.AddSingleton(all => new RoomDirectory(all.GetRequiredService<IRoomLog>(), all.GetService<ISharedLog>(), all.GetRequiredService<IRoomAudience>(), all.GetRequiredService<RoomOptions>(),
            all.GetService<SteadyTime>() ?? all.GetRequiredService<TimeProvider>(), all.GetRequiredService<ILogger<RoomDirectory>>()));
        return services;
    }
}
