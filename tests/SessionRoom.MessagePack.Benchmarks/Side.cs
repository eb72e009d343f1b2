using System.Buffers;
using System.Diagnostics;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace SessionRoom.MessagePack.Benchmarks;

/// <summary>One protocol on one message: how long it writes and parses, round by round.</summary>
internal sealed class Side(IHubProtocol protocol, Shape shape, IInvocationBinder binder)
{
    private readonly ArrayBufferWriter<byte> _output = new(256 * 1024);
    private readonly byte[] _frame = protocol.GetMessageBytes(shape.Message).ToArray();

    public int Bytes => _frame.Length;

    public List<double> Writes { get; } = [];

    public List<double> Parses { get; } = [];

    public IEnumerable<double> Totals => Writes.Zip(Parses, (write, parse) => write + parse);

    public long Allocated { get; private set; }

    public void Forget()
    {
        Writes.Clear();
        Parses.Clear();
    }

    public void Measure(int iterations)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < iterations; i++)
        {
            _output.ResetWrittenCount();
            protocol.WriteMessage(shape.Message, _output);
        }

        var written = Stopwatch.GetElapsedTime(start);
        start = Stopwatch.GetTimestamp();
        for (var i = 0; i < iterations; i++)
        {
            var input = new ReadOnlySequence<byte>(_frame);
            if (!protocol.TryParseMessage(ref input, binder, out var message) || message is InvocationBindingFailureMessage or CompletionMessage { Error: not null })
                throw new InvalidOperationException($"{protocol.Name} did not read its own {shape.Name}.");
        }

        var parsed = Stopwatch.GetElapsedTime(start);
        Writes.Add(written.TotalMicroseconds / iterations);
        Parses.Add(parsed.TotalMicroseconds / iterations);
        Allocated = (GC.GetAllocatedBytesForCurrentThread() - allocated) / iterations;
    }
}

/// <summary>A receiver that expects one type everywhere.</summary>
internal sealed class Binder(Type expected) : IInvocationBinder
{
    private readonly Type[] _parameters = [expected];

    public IReadOnlyList<Type> GetParameterTypes(string methodName) => _parameters;

    public Type GetReturnType(string invocationId) => expected;

    public Type GetStreamItemType(string streamId) => expected;
}
