using SessionRoom.Rooms;
using SessionRoom.Server;

try
{
    // Settings are read once. A watch for changed files would be woken by every write to the data directory, which is under the same folder by default.
    var builder = WebApplication.CreateBuilder(["--hostBuilder:reloadConfigOnChange=false", .. args]);
    Defaults.AddTo(builder.Configuration);
    builder.AddSessionRoom();
    var app = builder.Build();
    app.UseSessionRoom();
    await Rehearsal.PlayAsync(app.Services.GetRequiredService<ServerOptions>().Rehearsal, app.Logger);
    await app.RunAsync();
    return 0;
}
catch (Exception wrong) when (wrong is SettingsException or RoomLogException)
{
    Console.Error.WriteLine($"SessionRoom does not start. {wrong.Message}");
    return 1;
}
