using System.IO.Pipelines;
using System.Security.Claims;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;

namespace SessionRoom.Server;

/// <summary>One WebSocket as the connection that the hub runs on.</summary>
/// <remarks>While it idles it holds no buffer: it waits for bytes without one, and the pipes give theirs back when they are empty. Of the request that it came with it keeps
/// the user.</remarks>
internal sealed class SocketConnection : ConnectionContext, IDuplexPipe, IConnectionUserFeature, ITransferFormatFeature, IConnectionHeartbeatFeature,
    IConnectionLifetimeNotificationFeature
{
    private static readonly PipeOptions Incoming = new(readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.ThreadPool, useSynchronizationContext: false);

    private readonly ClaimsPrincipal user;
    private readonly Accepted accepted;
    private readonly Pipe messages = new(Incoming);
    private readonly MessageWriter writer;
    private readonly FrameReader reader;
    private readonly CancellationTokenSource closed = new();
    private (Action<object> Beat, object Of)[] beats = [];

    public SocketConnection(string id, ClaimsPrincipal user, Accepted accepted, int mostFrame, TimeProvider time, CancellationToken closing)
    {
        (ConnectionId, this.user, this.accepted) = (id, user, accepted);
        Outlet = new(accepted.Out, time) { Broken = ReportClosed };
        (writer, reader) = (new(Outlet), new(messages.Writer, Outlet, mostFrame));
        (ConnectionClosed, ConnectionClosedRequested) = (closed.Token, closing);
        Features = new SocketFeatures(this);
        Features.Set(Outlet);
    }

    public Outlet Outlet { get; }

    public override string ConnectionId { get; set; }
    public override IFeatureCollection Features { get; }
    public override IDictionary<object, object?> Items { get => field ??= new Dictionary<object, object?>(); set; }
    public override IDuplexPipe Transport { get => this; set => throw new NotSupportedException(); }
    public override CancellationToken ConnectionClosed { get; set; }

    /// <summary>The server asks every connection to end.</summary>
    public CancellationToken ConnectionClosedRequested { get; set; }

    PipeReader IDuplexPipe.Input => messages.Reader;
    PipeWriter IDuplexPipe.Output => writer;

    ClaimsPrincipal? IConnectionUserFeature.User { get => user; set => throw new NotSupportedException(); }
    TransferFormat ITransferFormatFeature.SupportedFormats => TransferFormat.Text | TransferFormat.Binary;
    TransferFormat ITransferFormatFeature.ActiveFormat { get => writer.Format; set => writer.Format = value; }

    void IConnectionHeartbeatFeature.OnHeartbeat(Action<object> action, object state) => beats = [.. beats, (action, state)];
    void IConnectionLifetimeNotificationFeature.RequestClose() => Abort();

    /// <summary>About once a second: the hub's pings and its patience.</summary>
    public void Beat(TimeSpan patience)
    {
        foreach (var (beat, of) in beats) beat(of);
        Outlet.Rest();
        if (Outlet.HasStalledFor(patience)) Abort();
    }

    public override void Abort(ConnectionAbortedException abortReason) => accepted.Abort();

    /// <summary>Runs the hub until one side ends, then says good-bye as the protocol asks.</summary>
    /// <param name="hub">What reads and writes the messages.</param>
    /// <param name="farewell">How long the client may take to answer the close frame.</param>
    public async Task RunAsync(Func<ConnectionContext, Task> hub, TimeSpan farewell)
    {
        var reading = ReadAsync();
        var code = CloseCode.Normal;
        try
        {
            await hub(this);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The hub has logged it.
            code = CloseCode.InternalError;
        }
        await messages.Reader.CompleteAsync();
        await writer.CompleteAsync();
        // Section 5.5.1: a close frame is answered with its own code.
        Outlet.Add(Frames.Close(reader.Ended ?? code));
        Outlet.Send();
        await ((Task)Task.WhenAll(Outlet.WhenEmptyAsync(), reading)).WaitAsync(farewell).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Outlet.Close();
        if (!reading.IsCompleted) accepted.Abort();
        await reading;
    }

    private async Task ReadAsync()
    {
        try
        {
            while (reader.Ended is null)
            {
                var arrived = await accepted.In.ReadAsync();
                var worth = false;
                foreach (var part in arrived.Buffer) worth |= reader.Take(part.Span);
                accepted.In.AdvanceTo(arrived.Buffer.End);
                if (worth) await messages.Writer.FlushAsync();
                if (arrived.IsCompleted || arrived.IsCanceled) break;
            }
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The connection went down; the hub sees the end.
        }
        await messages.Writer.CompleteAsync();
        ReportClosed();
    }

    // Calls what the hub registered: not on a thread that sends to others.
    private void ReportClosed() => ThreadPool.UnsafeQueueUserWorkItem(static closed => closed.Cancel(), closed, preferLocal: false);
}
