using System.Diagnostics;
using System.Text;
using System.Threading.Channels;
using StackExchange.Redis;

namespace SessionRoom.Redis.Tests;

/// <summary>A link to a Redis of the test's own.</summary>
public abstract class LinkTest : IAsyncLifetime
{
    protected static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly Channel<bool> restored = Channel.CreateUnbounded<bool>();

    protected RedisServer Server { get; private set; } = null!;

    internal RedisLink Link { get; private set; } = null!;

    internal virtual LinkOptions Options => new();

    public async Task InitializeAsync()
    {
        if (RedisServer.Lacking is not null) return;
        Server = await RedisServer.StartAsync("always");
        Link = await RedisLink.OpenAsync(Server.Address, Options);
        Link.Restored += () => restored.Writer.TryWrite(true);
    }

    public async Task DisposeAsync()
    {
        if (Link is not null) await Link.DisposeAsync().AsTask().WaitAsync(Deadline);
        if (Server is not null) await Server.DisposeAsync();
    }

    protected Task<RedisResult> CreateAsync(string room) => Link.RunAsync(Script.Create, [$"sr:{{{room}}}:head", $"sr:{{{room}}}:batches", $"sr:{{{room}}}:gone"], ["epoch", "first"], default);

    protected Task<RedisResult> LoadAsync(string room) => Link.RunAsync(Script.Load, [$"sr:{{{room}}}:head", $"sr:{{{room}}}:state", $"sr:{{{room}}}:batches"], ["seq", "", 0], default);

    protected async Task RestoredAsync() => await restored.Reader.ReadAsync().AsTask().WaitAsync(Deadline);

    internal async Task<Heard> HearAsync(string channel)
    {
        var heard = new Heard();
        heard.Listening = await Link.SubscribeAsync(channel, heard.Add);
        return heard;
    }

    protected static async Task Eventually(Func<Task<bool>> holds)
    {
        using var turns = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var began = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Deadline, "It never came true.");
            await turns.WaitForNextTickAsync();
        }
    }
}

/// <summary>What came over a channel.</summary>
internal sealed class Heard : IDisposable
{
    private readonly Channel<string> messages = Channel.CreateUnbounded<string>();

    public IDisposable Listening { get; set; } = null!;

    public bool HasMore => messages.Reader.TryPeek(out _);

    public void Add(byte[] message) => messages.Writer.TryWrite(Encoding.UTF8.GetString(message));

    public Task<string> NextAsync() => messages.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    public void Dispose() => Listening.Dispose();
}
