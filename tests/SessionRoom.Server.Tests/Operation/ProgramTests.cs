using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Configuration;

namespace SessionRoom.Server.Tests;

/// <summary>The program as it is started, on the embedded log.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("session-room-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task in_development_anyone_makes_a_room_and_a_restart_loses_neither_it_nor_its_tokens()
    {
        string path, token;
        await using (var program = Start("Development"))
        {
            using var http = program.CreateClient();
            var made = await (await http.PostAsJsonAsync("/api/rooms", new { title = "Weekly" })).JsonAsync(System.Net.HttpStatusCode.Created);
            path = $"/api/rooms/{made["id"]}";
            var joined = await (await http.PostAsJsonAsync($"{path}/join", new { invite = ((string)made["links"]!["facilitator"]!).Split('=')[1], name = "Ann" })).JsonAsync();
            token = (string)joined["token"]!;
            http.DefaultRequestHeaders.Authorization = new("Bearer", token);
            Assert.True((bool)(await (await http.PostAsJsonAsync($"{path}/commands", new { type = "session.start", id = "1" })).JsonAsync())["ok"]!);
        }
        await EndedAsync();
        await using (var again = Start("Development"))
        {
            using var http = again.CreateClient();
            http.DefaultRequestHeaders.Authorization = new("Bearer", token);
            Assert.Equal("live", (string?)(await (await http.GetAsync(path)).JsonAsync())["state"]!["room"]!["stage"]);
        }
    }

    /// <summary>The program that was stopped may take a moment to let go of its data.</summary>
    private async Task EndedAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (true)
        {
            try { new DataLock(new() { DataDirectory = Path.Combine(folder.FullName, "data") }).Dispose(); return; }
            catch (SettingsException) { await look.WaitForNextTickAsync(deadline.Token); }
        }
    }

    [Fact]
    public async Task elsewhere_nobody_makes_a_room_without_a_key()
    {
        await using var program = Start("Production");
        using var http = program.CreateClient();
        await http.PostAsJsonAsync("/api/rooms", new { title = "Weekly" }).RefusesAsync(401, "unauthorized");
    }

    [Fact]
    public void the_address_is_5080_unless_something_names_another()
    {
        Assert.Equal("http://localhost:5080", With([])["urls"]);
        Assert.Equal("http://*:9000", With(new() { ["urls"] = "http://*:9000" })["urls"]);
        Assert.Null(With(new() { ["http_ports"] = "8080" })["urls"]);
        Assert.Null(With(new() { ["Kestrel:Endpoints:Http:Url"] = "http://*:9000" })["urls"]);

        static ConfigurationManager With(Dictionary<string, string?> settings)
        {
            var configuration = new ConfigurationManager();
            configuration.AddInMemoryCollection(settings);
            Defaults.AddTo(configuration);
            return configuration;
        }
    }

    private WebApplicationFactory<Program> Start(string environment) => new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
        .UseSetting("environment", environment).UseSetting("SessionRoom:DataDirectory", Path.Combine(folder.FullName, "data")).UseSetting("Logging:LogLevel:Default", "Warning"));
}
