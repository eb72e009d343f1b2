using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace SessionRoom.Redis;

/// <summary>Who listens to a channel: called with one message after the other, apart from every other channel.</summary>
internal sealed class Subscription : IDisposable
{
    /// <summary>Messages that may wait for a handler; what comes on top is dropped.</summary>
    public const int MostWaiting = 10_000;

    private readonly Channel<byte[]> waiting = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly Action<Subscription> end;
    private readonly ILogger logger;
    private bool dropping;

    public Subscription(string name, Action<byte[]> hear, Action<Subscription> end, ILogger logger)
    {
        (Name, this.end, this.logger) = (name, end, logger);
        _ = Task.Run(() => TellAsync(hear)); // apart from the context of whoever subscribes
    }

    public string Name { get; }

    public void Hear(byte[] message)
    {
        if (waiting.Writer.TryWrite(message)) dropping = false;
        else if (!dropping)
        {
            dropping = true;
            Log.Dropping(logger, Name);
        }
    }

    public void Dispose()
    {
        waiting.Writer.TryComplete();
        end(this);
    }

    private async Task TellAsync(Action<byte[]> hear)
    {
        await foreach (var message in waiting.Reader.ReadAllAsync())
        {
            try { hear(message); }
            catch (Exception problem) { Log.HandlerThrew(logger, Name, problem); }
        }
    }
}
