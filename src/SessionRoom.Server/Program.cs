using SessionRoom.Server;

try
{
    var builder = WebApplication.CreateBuilder(args);
    Defaults.AddTo(builder.Configuration);
    builder.AddSessionRoom();
    var app = builder.Build();
    app.UseSessionRoom();
    app.Run();
    return 0;
}
catch (SettingsException wrong)
{
    Console.Error.WriteLine($"SessionRoom does not start. {wrong.Message}");
    return 1;
}
