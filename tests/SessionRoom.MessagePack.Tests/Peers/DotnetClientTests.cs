using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace SessionRoom.MessagePack.Tests.Peers;

/// <summary>The official .NET client, with this protocol on both ends.</summary>
public sealed class DotnetClientTests(PeerHost host) : IClassFixture<PeerHost>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task calls_errors_and_values()
    {
        await using var hub = await ConnectAsync();
        Assert.Equal(42, await hub.InvokeAsync<int>("Add", 40, 2));
        await hub.InvokeAsync("Nothing");
        var person = new PeerPerson("Ann", PeerRole.NoteTaker, true, new PeerHand("topic", 1)) { Tags = ["a"] };
        Assert.Equal(person.Hand, (await hub.InvokeAsync<PeerPerson>("Person", person)).Hand);
        Assert.Equal([3, 2, 1], await hub.InvokeAsync<byte[]>("Reverse", new byte[] { 1, 2, 3 }));
        Assert.Equal("""{"a":1,"seen":true}""", (await hub.InvokeAsync<JsonObject>("Node", new JsonObject { ["a"] = 1 })).ToJsonString());
        var error = await Assert.ThrowsAsync<HubException>(() => hub.InvokeAsync("Refuse", "why"));
        Assert.Contains("why", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<HubException>(() => hub.InvokeAsync<int>("Add", "x", 1));
        Assert.Equal(2, await hub.InvokeAsync<int>("Add", 1, 1));
    }

    [Fact]
    public async Task streams_both_ways_and_client_results()
    {
        await using var hub = await ConnectAsync();
        Assert.Equal(5, await hub.StreamAsync<int>("Count", 5).CountAsync());
        var numbers = Channel.CreateUnbounded<int>();
        var sum = hub.InvokeAsync<int>("Sum", 1, numbers.Reader);
        for (var i = 0; i < 10; i++) await numbers.Writer.WriteAsync(i);
        numbers.Writer.Complete();
        Assert.Equal(46, await sum.WaitAsync(Patience));
        using var asked = hub.On("ask", (string question) => question + "!");
        Assert.Equal("why!", await hub.InvokeAsync<string>("Ask", "why").WaitAsync(Patience));
        Assert.StartsWith("HubException: ", await hub.InvokeAsync<string>("AskFails", "ask").WaitAsync(Patience), StringComparison.Ordinal);
        var wrong = await Assert.ThrowsAsync<HubException>(async () => await hub.StreamAsync<string>("Count", 1).CountAsync());
        Assert.Contains("Failed to bind", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_frame_that_cannot_be_understood_ends_its_connection_and_no_other()
    {
        await using var bystander = await ConnectAsync();
        await using var raw = await new SocketConnectionFactory().ConnectAsync(Endpoint(host));
        await raw.Transport.Output.WriteAsync("{\"protocol\":\"messagepack\",\"version\":1}\u001e"u8.ToArray());
        await raw.Transport.Output.WriteAsync(new byte[] { 0x02, 0x91, 0xc1 });
        var received = new List<byte>();
        while (true)
        {
            var read = await raw.Transport.Input.ReadAsync().AsTask().WaitAsync(Patience);
            foreach (var segment in read.Buffer) received.AddRange(segment.Span);
            raw.Transport.Input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) break;
        }

        var close = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(received)[3..].ToArray();
        Assert.Equal("Connection closed with an error.", Assert.IsType<CloseMessage>(Support.Frames.Parse(Support.Frames.Stock, close)).Error);
        Assert.Equal(2, await bystander.InvokeAsync<int>("Add", 1, 1));
    }

    [Fact]
    public void a_server_offers_it_beside_json_and_a_client_speaks_it_instead()
    {
        var server = new ServiceCollection();
        server.AddLogging().AddSignalR().AddMessagePackProtocol().AddMessagePackProtocol();
        Assert.Equal("json, messagepack", string.Join(", ", server.BuildServiceProvider().GetServices<IHubProtocol>().Select(protocol => protocol.Name)));
        var client = new HubConnectionBuilder().AddMessagePackProtocol();
        Assert.Equal("messagepack", client.Services.BuildServiceProvider().GetRequiredService<IHubProtocol>().Name);
    }

    [Fact]
    public void contracts_come_from_the_options_else_from_json()
    {
        var own = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower };
        Assert.Contains("at", Names(builder => builder.AddMessagePackProtocol(options => options.SerializerOptions = own)), StringComparison.Ordinal);
        Assert.Contains("AT", Names(builder => builder
            .AddJsonProtocol(options => options.PayloadSerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseUpper)
            .AddMessagePackProtocol()), StringComparison.Ordinal);
    }

    private static string Names(Action<ISignalRServerBuilder> configure)
    {
        var services = new ServiceCollection();
        configure(services.AddLogging().AddSignalR());
        var protocol = services.BuildServiceProvider().GetServices<IHubProtocol>().Single(protocol => protocol.Name == "messagepack");
        return System.Text.Encoding.Latin1.GetString(protocol.GetMessageBytes(new StreamItemMessage("1", new PeerHand("x", 1))).Span);
    }

    private static UriEndPoint Endpoint(PeerHost host) => new(new Uri(host.Address + "/hub"));

    private async Task<HubConnection> ConnectAsync()
    {
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<EndPoint>(Endpoint(host));
        builder.Services.AddSingleton<IConnectionFactory, SocketConnectionFactory>();
        builder.AddJsonProtocol(options => PeerHost.Contracts(options.PayloadSerializerOptions)).AddMessagePackProtocol();
        var hub = builder.Build();
        await hub.StartAsync();
        return hub;
    }
}
