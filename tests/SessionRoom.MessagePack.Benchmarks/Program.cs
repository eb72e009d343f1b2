using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using SessionRoom.MessagePack;
using SessionRoom.MessagePack.Benchmarks;

// Measures the protocol against the framework's JSON protocol in one run. Rounds alternate between the two, so that a
// noisy neighbour meets both; each figure is the median over rounds, each ratio the median of the rounds' own ratios.
var rounds = args is [var given, ..] ? int.Parse(given, CultureInfo.InvariantCulture) : 401;
var options = ShapesJson.Default.Options;
IHubProtocol json = new JsonHubProtocol(Options.Create(new JsonHubProtocolOptions { PayloadSerializerOptions = options }));
IHubProtocol messagePack = new MessagePackHubProtocol(Options.Create(new MessagePackHubProtocolOptions { SerializerOptions = options }));

var report = new StringBuilder();
report.Append(CultureInfo.InvariantCulture, $"""
    # MessagePack against JSON

    {DateTime.UtcNow:yyyy-MM-dd}, two cores, .NET {Environment.Version}. `dotnet run -c Release --project tests/SessionRoom.MessagePack.Benchmarks`
    writes this file: the framework's `JsonHubProtocol` and `MessagePackHubProtocol` on the same messages and the same contracts,
    in alternating rounds ({rounds} of them, medians). The machine is shared: only the ratios mean something.

    | message | bytes JSON | bytes MessagePack | × | write + parse JSON, µs | MessagePack, µs | × | write × | parse × | allocated JSON, B | MessagePack, B |
    | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |

    """);
foreach (var shape in Shapes.All)
{
    var binder = new Binder(shape.Expected);
    var (before, after) = (new Side(json, shape, binder), new Side(messagePack, shape, binder));
    var iterations = Math.Max(8, 600_000 / (before.Bytes + 1000));
    for (var i = 0; i < 300; i++)
    {
        before.Measure(iterations);
        after.Measure(iterations);
    }

    before.Forget();
    after.Forget();
    for (var i = 0; i < rounds; i++)
    {
        before.Measure(iterations);
        after.Measure(iterations);
    }

    var line = string.Create(CultureInfo.InvariantCulture,
        $"| {shape.Name} | {before.Bytes} | {after.Bytes} | {(double)after.Bytes / before.Bytes:F2} | {Median(before.Totals):F2} | {Median(after.Totals):F2} "
        + $"| {Ratio(before.Totals, after.Totals):F2} | {Ratio(before.Writes, after.Writes):F2} | {Ratio(before.Parses, after.Parses):F2} | {before.Allocated} | {after.Allocated} |");
    Console.WriteLine(line);
    report.AppendLine(line);
}

report.AppendLine().AppendLine(Broadcast(json, messagePack)).AppendLine();
report.AppendLine(Floor(new Side(json, Shapes.All[^1], new Binder(Shapes.All[^1].Expected)), rounds)).AppendLine();
report.AppendLine("""
    At 16 kB what is left is memory, not encoding: one copy to write, and one array for the receiver to keep with one copy into it.
    Base64 is vectorised and JSON makes the same array, so the ratio cannot fall below that of the bare copies.
    """);
File.WriteAllText(Path.Combine(Here(), "RESULTS.md"), report.ToString());
return;

// One frame for a thousand connections, as the hub's lifetime manager sends it.
static string Broadcast(params IHubProtocol[] protocols)
{
    var text = new List<string>();
    foreach (var protocol in protocols)
    {
        var shape = Shapes.All[^1];
        var frame = new SerializedHubMessage(shape.Message);
        frame.GetSerializedMessage(protocol);
        var start = GC.GetAllocatedBytesForCurrentThread();
        for (var connection = 0; connection < 1000; connection++) frame.GetSerializedMessage(protocol);
        text.Add($"{GC.GetAllocatedBytesForCurrentThread() - start} B under `{protocol.Name}`");
    }

    return $"Allocated to write one broadcast frame of 16 kB to a thousand connections, once it is encoded: {string.Join(", ", text)}.";
}

// What no protocol can do without: the bytes copied out once, and once into an array of the receiver's own.
static string Floor(Side json, int rounds)
{
    var (source, output, ratios) = (new byte[16 * 1024], new byte[16 * 1024], new List<double>());
    for (var i = 0; i < 300 + rounds; i++)
    {
        json.Measure(30);
        var start = Stopwatch.GetTimestamp();
        for (var turn = 0; turn < 30; turn++)
        {
            source.CopyTo(output, 0);
            var own = GC.AllocateUninitializedArray<byte>(source.Length);
            output.CopyTo(own, 0);
            GC.KeepAlive(own);
        }

        if (i >= 300) ratios.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / 30 / (json.Writes[^1] + json.Parses[^1]));
    }

    var text = string.Create(CultureInfo.InvariantCulture, $"The two bare copies of 16 kB, without any protocol, take {Median(ratios):F2} × the time of JSON's write + parse.");
    Console.WriteLine(text);
    return text;
}

static double Median(IEnumerable<double> values)
{
    var sorted = values.Order().ToArray();
    return sorted[sorted.Length / 2];
}

static double Ratio(IEnumerable<double> before, IEnumerable<double> after) => Median(before.Zip(after, (b, a) => a / b));

static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
