using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace SessionRoom.Server;

/// <summary>Collects this server's meters, and the process's rooms', for <c>/metrics</c> in the Prometheus text format, version 0.0.4.</summary>
internal sealed class MetricsPage : IDisposable
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    // Seconds: from the shortest that a commit to memory takes to what a person would call hung.
    private static readonly double[] Bounds = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

    private readonly ConcurrentDictionary<Instrument, Series> all = new();
    private readonly MeterListener listener = new();

    public MetricsPage(ServerMeters meters)
    {
        listener.InstrumentPublished = (instrument, collecting) =>
        {
            // Tests run several servers in one process: each shows its own.
            if (!instrument.Meter.Name.StartsWith("SessionRoom", StringComparison.Ordinal) || (instrument.Meter.Scope is { } scope && scope != meters.Factory)) return;
            all[instrument] = new(instrument);
            collecting.EnableMeasurementEvents(instrument, all[instrument]);
        };
        listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => ((Series)state!).Add(value, tags));
        listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => ((Series)state!).Add(value, tags));
        listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => ((Series)state!).Add(value, tags));
        listener.Start();
    }

    public string Write()
    {
        listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var series in all.Values.OrderBy(series => series.Name, StringComparer.Ordinal)) series.Write(text);
        return text.ToString();
    }

    public void Dispose() => listener.Dispose();

    private enum Kind { Counter, Gauge, Histogram }

    private sealed class Series(Instrument instrument)
    {
        private readonly Kind kind = KindOf(instrument);
        private readonly bool observed = instrument.IsObservable;
        // By what the labels say: their text is made once.
        private readonly Dictionary<(object? First, object? Others), Cell> cells = [];

        public string Name { get; } = NameOf(instrument);

        public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var said = (tags.IsEmpty ? null : tags[0].Value, tags.Length switch { < 2 => null, 2 => tags[1].Value, _ => Labels(tags[1..]) });
            lock (cells)
            {
                if (!cells.TryGetValue(said, out var cell)) cells.Add(said, cell = new(Labels(tags), kind == Kind.Histogram ? new long[Bounds.Length] : []));
                cell.Count++;
                if (observed) cell.Sum = value;
                else cell.Sum += value;
                if (kind != Kind.Histogram) return;
                for (var bound = 0; bound < Bounds.Length; bound++)
                    if (value <= Bounds[bound]) cell.Below[bound]++;
            }
        }

        public void Write(StringBuilder text)
        {
            if (instrument.Description is { } help) text.Append("# HELP ").Append(Name).Append(' ').Append(help.Replace('\n', ' ')).Append('\n');
            text.Append("# TYPE ").Append(Name).Append(' ').Append(kind switch { Kind.Counter => "counter", Kind.Gauge => "gauge", _ => "histogram" }).Append('\n');
            lock (cells)
            {
                foreach (var cell in cells.Values.OrderBy(cell => cell.Labels, StringComparer.Ordinal))
                {
                    if (kind == Kind.Histogram) WriteHistogram(text, cell);
                    else Line(text, "", cell.Labels, cell.Sum);
                }
            }
        }

        private void WriteHistogram(StringBuilder text, Cell cell)
        {
            var labels = cell.Labels;
            for (var bound = 0; bound < Bounds.Length; bound++) Line(text, "_bucket", With(labels, Number(Bounds[bound])), cell.Below[bound]);
            Line(text, "_bucket", With(labels, "+Inf"), cell.Count);
            Line(text, "_sum", labels, cell.Sum);
            Line(text, "_count", labels, cell.Count);
        }

        private void Line(StringBuilder text, string suffix, string labels, double value)
        {
            text.Append(Name).Append(suffix);
            if (labels.Length > 0) text.Append('{').Append(labels).Append('}');
            text.Append(' ').Append(Number(value)).Append('\n');
        }

        private static string With(string labels, string bound) => labels.Length > 0 ? $"{labels},le=\"{bound}\"" : $"le=\"{bound}\"";

        private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

        private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (tags.IsEmpty) return "";
            var text = new StringBuilder();
            foreach (var (key, value) in tags)
            {
                var said = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
                text.Append(text.Length > 0 ? "," : "").Append(Plain(key)).Append("=\"")
                    .Append(said.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('"');
            }
            return text.ToString();
        }

        private static string NameOf(Instrument instrument)
        {
            var name = Plain(instrument.Name);
            if (instrument.Unit == "s") name += "_seconds";
            return KindOf(instrument) == Kind.Counter ? name + "_total" : name;
        }

        private static string Plain(string name) => string.Concat(name.Select(unit => char.IsAsciiLetterOrDigit(unit) ? unit : '_'));

        private static Kind KindOf(Instrument instrument) => instrument switch
        {
            Histogram<double> or Histogram<long> or Histogram<int> => Kind.Histogram,
            Counter<long> or Counter<int> or Counter<double> or ObservableCounter<long> or ObservableCounter<int> or ObservableCounter<double> => Kind.Counter,
            _ => Kind.Gauge,
        };

        private sealed class Cell(string labels, long[] below)
        {
            public string Labels { get; } = labels;
            public long[] Below { get; } = below;
            public long Count { get; set; }
            public double Sum { get; set; }
        }
    }
}
