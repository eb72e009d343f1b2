using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SessionRoom.MessagePack.Dynamic;

/// <summary>A JSON buffer with its writer, lent to one conversion at a time and kept by its thread afterwards.</summary>
internal sealed class JsonScratch : IDisposable
{
    // A larger one is left to the collector: one huge value must not stay pinned to every thread.
    private const int LargestKept = 256 * 1024;

    [ThreadStatic]
    private static JsonScratch? _spare;

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);

    private JsonScratch() => Writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions
    {
        // The text is read again at once and never reaches a browser.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
        MaxDepth = 1000,
    });

    public Utf8JsonWriter Writer { get; }

    public static JsonScratch Rent()
    {
        var rented = _spare ?? new JsonScratch();
        _spare = null;
        return rented;
    }

    public ReadOnlySpan<byte> Text()
    {
        Writer.Flush();
        return _buffer.WrittenSpan;
    }

    public void Dispose()
    {
        if (_buffer.Capacity > LargestKept) return;
        _buffer.ResetWrittenCount();
        Writer.Reset();
        _spare = this;
    }
}
