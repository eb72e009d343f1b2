using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace SessionRoom.Rooms;

public static class RoomsServices
{
    /// <summary>Registers <see cref="RoomDirectory"/>, and the embedded SQLite log unless an <see cref="IRoomLog"/> is registered already. The host registers
    /// an <see cref="IRoomAudience"/>.</summary>
    public static IServiceCollection AddRooms(this IServiceCollection services, RoomOptions options)
    {
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IRoomLog>(provider => SqliteRoomLog.Open(options, provider.GetRequiredService<ILogger<SqliteRoomLog>>()));
        services.AddSingleton<RoomDirectory>();
        return services;
    }
}
