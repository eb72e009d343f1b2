using System.Text.Json;
using SessionRoom.MessagePack.Wire;

namespace SessionRoom.MessagePack.Contracts;

/// <summary>Times travel as timestamps (extension -1) in UTC: the instant survives, the offset and the kind do not.
/// A time without a kind counts as UTC. ISO 8601 text, as JSON has it, is read too.</summary>
internal sealed class DateTimeCodec(Codec<DateTime> text) : Codec<DateTime>
{
    public override void Write(ref MessagePackWriter writer, DateTime value) =>
        writer.WriteTimestamp(value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value);

    public override DateTime Read(ref MessagePackReader reader) =>
        reader.Kind == TokenKind.String ? text.Read(ref reader) : reader.ReadTimestamp();
}

/// <inheritdoc cref="DateTimeCodec"/>
internal sealed class DateTimeOffsetCodec(Codec<DateTimeOffset> text) : Codec<DateTimeOffset>
{
    public override void Write(ref MessagePackWriter writer, DateTimeOffset value) => writer.WriteTimestamp(value.UtcDateTime);

    public override DateTimeOffset Read(ref MessagePackReader reader) =>
        reader.Kind == TokenKind.String ? text.Read(ref reader) : new DateTimeOffset(reader.ReadTimestamp());
}
