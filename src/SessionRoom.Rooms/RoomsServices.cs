using Microsoft.Extensions.DependencyInjection;

namespace SessionRoom.Rooms;

public static class RoomsServices
{
    /// <summary>Registers <see cref="RoomDirectory"/> over the embedded SQLite log. The host registers an <see cref="IRoomAudience"/>.</summary>
    public static IServiceCollection AddRooms(this IServiceCollection services, RoomOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<RoomDirectory>();
        return services;
    }
}
