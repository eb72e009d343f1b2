using System.Net;

namespace SessionRoom.Server.Tests;

public sealed class OperationTests
{
    [Fact]
    public async Task live_and_ready_answer_and_a_log_that_cannot_be_written_is_not_ready()
    {
        await using var server = await RunningServer.StartAsync();
        Assert.Equal("live", await server.Http.GetStringAsync("/health/live"));
        Assert.Equal("ready", await server.Http.GetStringAsync("/health/ready"));
        await using var broken = await RunningServer.StartAsync(new BrokenLog());
        Assert.Equal("live", await broken.Http.GetStringAsync("/health/live"));
        await broken.GetAsync("/health/ready").RefusesAsync(503, "unavailable");
        await broken.GetAsync("/api/rooms/any", RunningServer.SchoolSecret).RefusesAsync(503, "unavailable");
        await broken.PostAsync("/api/rooms", new { title = "t" }).RefusesAsync(503, "unavailable");
    }

    [Fact]
    public async Task the_metrics_count_connections_rooms_commands_patches_and_appends()
    {
        await using var server = await RunningServer.StartAsync();
        var room = await server.MakeRoomAsync();
        var (socket, _) = await server.ConnectAsync(await server.JoinAsync(room, "Ann", "facilitator"));
        await using var connection = socket;
        await socket.DoAsync("session.start");
        await socket.DoAsync("floor.next");
        await socket.DoAsync("no.such.thing");
        using var response = await server.GetAsync("/metrics");
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n');
        Assert.Contains("sessionroom_connections 1", lines);
        Assert.Contains("sessionroom_rooms 1", lines);
        Assert.Contains("sessionroom_commands_total{type=\"session.start\",outcome=\"ok\"} 1", lines);
        Assert.Contains("sessionroom_commands_total{type=\"floor.next\",outcome=\"not_found\"} 1", lines);
        Assert.Contains("sessionroom_commands_total{type=\"unknown\",outcome=\"invalid\"} 1", lines);
        Assert.Contains("# TYPE sessionroom_log_append_duration_seconds histogram", lines);
        var appends = long.Parse(lines.Single(line => line.StartsWith("sessionroom_log_append_duration_seconds_count ", StringComparison.Ordinal)).Split(' ')[1]);
        Assert.True(appends >= 2);
        Assert.Contains($"sessionroom_log_append_duration_seconds_bucket{{le=\"+Inf\"}} {appends}", lines);
        Assert.All(lines.Where(line => line.Length > 0 && line[0] != '#'), line => Assert.Matches("^[a-z_]+(\\{[^{}]*\\})? [-0-9.E+]+$", line));
    }

    [Fact]
    public async Task the_api_describes_itself()
    {
        await using var server = await RunningServer.StartAsync();
        var document = await (await server.GetAsync("/openapi/v1.json")).JsonAsync();
        Assert.StartsWith("3.", (string?)document["openapi"], StringComparison.Ordinal);
        var paths = document["paths"]!.AsObject().Select(path => path.Key).ToHashSet();
        Assert.Superset(new HashSet<string> { "/api/rooms", "/api/rooms/{id}", "/api/rooms/{id}/join", "/api/rooms/{id}/tokens", "/api/rooms/{id}/commands", "/api/rooms/{id}/board", "/api/rooms/{id}/export", "/health/ready", "/metrics" }, paths);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/r/any")]
    [InlineData("/api/rooms/any")]
    [InlineData("/nowhere")]
    public async Task every_answer_carries_the_headers_that_keep_a_page_to_itself(string path)
    {
        await using var server = await RunningServer.StartAsync();
        using var response = await server.GetAsync(path);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("connect-src 'self';", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task a_page_answers_or_says_how_to_build_it()
    {
        await using var server = await RunningServer.StartAsync();
        using var response = await server.GetAsync("/");
        var text = await response.Content.ReadAsStringAsync();
        if (response.StatusCode == HttpStatusCode.OK) Assert.Contains("<html", text, StringComparison.OrdinalIgnoreCase);
        else Assert.Contains("npm run build", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task what_is_not_there_is_a_problem_with_a_code()
    {
        await using var server = await RunningServer.StartAsync();
        await server.GetAsync("/api/nowhere").RefusesAsync(404, "not_found");
        await server.SendAsync(HttpMethod.Put, "/api/rooms").RefusesAsync(405, "invalid");
    }
}
