using SessionRoom.Server;

var builder = WebApplication.CreateBuilder(args);
Defaults.AddTo(builder.Configuration);
builder.AddSessionRoom();
var app = builder.Build();
app.UseSessionRoom();
app.Run();
