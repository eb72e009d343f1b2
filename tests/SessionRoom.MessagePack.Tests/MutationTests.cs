using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Protocol;
using SessionRoom.MessagePack.Tests.Support;
using Xunit.Abstractions;

namespace SessionRoom.MessagePack.Tests;

/// <summary>Frames that strangers broke: 20,000 of them, or as many as MUTATIONS says.</summary>
public class MutationTests(ITestOutputHelper output)
{
    // Per byte of frame: a list of empty dictionaries costs the most. Per frame: mostly an exception with its stack.
    private const int AllocatedPerByte = 128;
    private const int AllocatedPerFrame = 16 * 1024;

    private static readonly MessagePackHubProtocol Room = Frames.Speaking(Shapes.Room);

    private static readonly TestBinder Binder = new()
    {
        Parameters = [typeof(Shapes.Everything), typeof(JsonElement), typeof(ImmutableArray<Shapes.Event>), typeof(JsonNode), typeof(object), typeof(Shapes.Tickets)],
        Item = typeof(Shapes.Person),
        Result = typeof(Dictionary<string, List<byte[]>>),
    };

    private static readonly byte[][] Sound = [.. new HubMessage[]
    {
        new InvocationMessage("1", "method", Arguments(), ["2", "3"]) { Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "b" } },
        new StreamInvocationMessage("1", "method", Arguments()),
        new StreamItemMessage("1", ContractTests.Ann),
        CompletionMessage.WithResult("1", new Dictionary<string, List<byte[]>>(StringComparer.Ordinal) { ["a"] = [[1, 2], []] }),
        CompletionMessage.WithError("1", "no"),
        new CancelInvocationMessage("1"),
        new CloseMessage("bye", true),
        new AckMessage(5_000_000_000),
        new SequenceMessage(7),
        PingMessage.Instance,
    }.Select(message => Room.GetMessageBytes(message).ToArray())];

    [Fact]
    public void a_broken_frame_is_an_answer_or_the_end_and_never_more_than_its_size()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("MUTATIONS") ?? "20000", CultureInfo.InvariantCulture);
        var random = new Random(Seed.Next(output));
        foreach (var frame in Sound) Read(frame);
        var outcomes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var (worst, longest) = (0L, TimeSpan.Zero);
        for (var i = 0; i < count; i++)
        {
            var frame = Mutate(random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            var outcome = Read(frame);
            var took = Stopwatch.GetElapsedTime(start);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            worst = Math.Max(worst, allocated);
            longest = took > longest ? took : longest;
            Assert.True(allocated <= AllocatedPerFrame + ((long)AllocatedPerByte * frame.Length), $"{allocated} B for {Convert.ToHexStringLower(frame)}");
            Assert.True(took < TimeSpan.FromSeconds(5), $"{took} for {Convert.ToHexStringLower(frame)}");
        }

        foreach (var (outcome, times) in outcomes) output.WriteLine($"{times,9} {outcome}");
        output.WriteLine($"at most {worst} B allocated for a frame; at most {longest.TotalMilliseconds:F1} ms");
        Assert.True(outcomes.ContainsKey(nameof(InvocationBindingFailureMessage)) && outcomes.ContainsKey(nameof(InvalidDataException)));
    }

    [Theory]
    [InlineData(typeof(List<Guid?>), 0xc0)]
    [InlineData(typeof(Guid?[]), 0xc0)]
    [InlineData(typeof(HashSet<int>), 0x01)]
    [InlineData(typeof(ImmutableList<object>), 0xc0)]
    [InlineData(typeof(JsonElement), 0xc0)]
    [InlineData(typeof(JsonNode), 0x90)]
    [InlineData(typeof(object), 0x80)]
    [InlineData(typeof(List<Dictionary<string, string>>), 0x80)]
    public void a_megabyte_of_tiny_values_allocates_in_proportion(Type type, byte tiny)
    {
        const int Count = 1 << 20;
        var frame = Frames.ItemFrame([0xdd, 0, Count >> 16, 0, 0, .. Enumerable.Repeat(tiny, Count)]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.IsType<StreamItemMessage>(Room.Parse(frame, new TestBinder { Item = type }));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (long)AllocatedPerByte * Count);
    }

    [Theory]
    [InlineData("dd 7fffffff")]
    [InlineData("df 7fffffff")]
    [InlineData("c6 7fffffff")]
    [InlineData("db 7fffffff")]
    [InlineData("c9 7fffffff ff")]
    [InlineData("dd ffffffff")]
    public void a_declared_length_allocates_nothing(string hex)
    {
        byte[] frame = Frames.Framed([0x96, 0x01, 0x80, 0xc0, 0xa6, .. "method"u8, 0x91, .. Frames.Bytes(hex), .. new byte[1000]]);
        foreach (var type in new[] { typeof(int[]), typeof(List<Guid>), typeof(Dictionary<string, long>), typeof(byte[]), typeof(string), typeof(JsonElement), typeof(DateTime), typeof(Shapes.Everything) })
        {
            var binder = new TestBinder { Parameters = [type] };
            void Read()
            {
                var input = new ReadOnlySequence<byte>(frame);
                Assert.Throws<InvalidDataException>(() => Room.TryParseMessage(ref input, binder, out _));
            }

            Read();
            var before = GC.GetAllocatedBytesForCurrentThread();
            Read();
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, AllocatedPerFrame);
        }
    }

    private static string Read(byte[] frame)
    {
        var input = new ReadOnlySequence<byte>(frame);
        var last = "incomplete";
        try
        {
            while (Room.TryParseMessage(ref input, Binder, out var message)) last = message.GetType().Name;
            return last;
        }
        catch (InvalidDataException)
        {
            return nameof(InvalidDataException);
        }
    }

    private static byte[] Mutate(Random random)
    {
        var frame = Sound[random.Next(Sound.Length)].ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(frame.Count);
            switch (random.Next(6))
            {
                case 0:
                    frame[at] = (byte)random.Next(256);
                    break;
                case 1:
                    frame[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    frame.Insert(at, (byte)random.Next(0x80, 0x100));
                    break;
                case 3 when frame.Count > 1:
                    frame.RemoveRange(at, Math.Min(random.Next(1, 9), frame.Count - at - (at == 0 ? 1 : 0)));
                    break;
                case 4:
                    frame.InsertRange(at, frame.GetRange(at, Math.Min(random.Next(1, 60), frame.Count - at)));
                    break;
                default:
                    frame.InsertRange(at, [0xdd, 0, 0, (byte)random.Next(256), (byte)random.Next(256)]);
                    break;
            }
        }

        // Half of the frames keep a true length, so that the damage reaches the values.
        if (random.Next(2) == 0) return [.. frame];
        var prefix = frame.FindIndex(each => (each & 0x80) == 0) + 1;
        return prefix is > 0 and <= 5 ? Frames.Framed([.. frame.Skip(prefix)]) : [.. frame];
    }

    private static object?[] Arguments() =>
    [
        ContractTests.Full,
        JsonElement.Parse("""{"id":"c1","type":"timer.start","deep":[[1.5,null,true,"x"]]}"""),
        ImmutableArray.Create<Shapes.Event>(new Shapes.Raised("ann", "order"), new Shapes.Moved("bo", 1, 2)),
        new JsonObject { ["people"] = new JsonObject { ["a"] = null } },
        new[] { "x", "y" },
        new Shapes.Tickets(new(1), null, new() { [new(3)] = new(4, 5) }),
    ];
}
