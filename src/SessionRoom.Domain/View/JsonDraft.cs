using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SessionRoom.Domain;

/// <summary>A sheet to write JSON on, again and again: each thread keeps its own. Letters are written as letters.</summary>
public sealed class JsonDraft : IDisposable
{
    private const int Largest = 256 * 1024;

    private ArrayBufferWriter<byte> bytes = new();
    private readonly Utf8JsonWriter writer;

    // Values come from the serialiser and names from its contracts: what they make is valid.
    public JsonDraft() => writer = new(bytes, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    /// <summary>Writes from the start, whatever became of what was written before.</summary>
    public Utf8JsonWriter Begin()
    {
        if (bytes.Capacity > Largest) bytes = new();
        else bytes.ResetWrittenCount();
        writer.Reset(bytes);
        return writer;
    }

    /// <summary>What was written. It stands there until the next <see cref="Begin"/>.</summary>
    public ReadOnlySpan<byte> End()
    {
        writer.Flush();
        return bytes.WrittenSpan;
    }

    public void Dispose() => writer.Dispose();
}
