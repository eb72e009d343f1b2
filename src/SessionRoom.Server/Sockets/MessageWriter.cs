using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace SessionRoom.Server;

/// <summary>Where the hub writes what is for one connection only: what lies between two flushes is one message, framed where it lies.</summary>
internal sealed class MessageWriter(Outlet outlet) : PipeWriter
{
    private const int LeastBuffer = 512;

    private byte[]? buffer, shared;
    private int end, sharedAt;
    private Action? afterwards;

    /// <summary>Text or binary: the hub says so once the protocol is agreed on.</summary>
    public TransferFormat Format { get; set; } = TransferFormat.Text;

    /// <summary>What is to be done once that which is being written is on its way, and goes before all that is added then.</summary>
    public void Afterwards(Action then) => afterwards += then;

    /// <summary>Bytes that many get and nobody changes: they are sent as they are, without a copy.</summary>
    public void Share(byte[] bytes)
    {
        if (shared is null && buffer is not null) (shared, sharedAt) = (bytes, end);
        else this.Write(bytes);
    }

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return buffer.AsMemory(end);
    }

    public override Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return buffer.AsSpan(end);
    }

    public override void Advance(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, (buffer?.Length ?? 0) - end);
        end += bytes;
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (buffer is { } message)
        {
            var payload = end - Frames.LongestHead + (shared?.Length ?? 0);
            var head = Frames.HeadLength(payload);
            var start = Frames.LongestHead - head;
            Frames.WriteHead(message.AsSpan(start, head), Format == TransferFormat.Binary ? Opcode.Binary : Opcode.Text, payload);
            if (shared is { } middle) outlet.AddRented(message, start, sharedAt, middle, end);
            else outlet.AddRented(message, start, head + payload);
            (buffer, shared) = (null, null);
        }
        var then = afterwards;
        afterwards = null;
        then?.Invoke();
        outlet.Send();
        return outlet.HasRoom ? new(Result) : TakenAsync(cancellationToken);
    }

    public override void CancelPendingFlush() { }

    public override void Complete(Exception? exception = null)
    {
        if (buffer is not null) ArrayPool<byte>.Shared.Return(buffer);
        (buffer, shared) = (null, null);
    }

    private FlushResult Result => new(isCanceled: false, isCompleted: outlet.IsClosed);

    private async ValueTask<FlushResult> TakenAsync(CancellationToken cancel)
    {
        await outlet.WhenRoomAsync().WaitAsync(cancel);
        return Result;
    }

    private void MakeRoom(int least)
    {
        if (buffer is null) (buffer, end) = (ArrayPool<byte>.Shared.Rent(Math.Max(LeastBuffer, least + Frames.LongestHead)), Frames.LongestHead);
        if (buffer.Length - end >= Math.Max(least, 1)) return;
        var wider = ArrayPool<byte>.Shared.Rent(Math.Max(buffer.Length * 2, end + least));
        buffer.AsSpan(0, end).CopyTo(wider);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = wider;
    }
}
