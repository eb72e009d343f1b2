using System.Globalization;
using System.Numerics;
using System.Text.Json;
using SessionRoom.MessagePack.Wire;

namespace SessionRoom.MessagePack.Contracts;

internal sealed class BooleanCodec : Codec<bool>
{
    public override void Write(ref MessagePackWriter writer, bool value) => writer.WriteBoolean(value);

    public override bool Read(ref MessagePackReader reader) => reader.ReadBoolean();
}

internal sealed class StringCodec : Codec<string?>
{
    public override void Write(ref MessagePackWriter writer, string? value)
    {
        if (value is null) writer.WriteNil();
        else writer.WriteString(value);
    }

    public override string? Read(ref MessagePackReader reader) => reader.TryReadNil() ? null : reader.ReadString();
}

internal sealed class CharCodec : Codec<char>
{
    public override void Write(ref MessagePackWriter writer, char value) => writer.WriteString([value]);

    public override char Read(ref MessagePackReader reader) =>
        reader.ReadString() is [var only] ? only : throw new JsonException("Expected a string of one UTF-16 unit.");
}

internal sealed class GuidCodec : Codec<Guid>
{
    public override void Write(ref MessagePackWriter writer, Guid value)
    {
        Span<byte> text = stackalloc byte[36];
        value.TryFormat(text, out var length);
        writer.WriteUtf8(text[..length]);
    }

    public override Guid Read(ref MessagePackReader reader) =>
        Guid.TryParseExact(reader.ReadString(), "D", out var value) ? value : throw new JsonException("Expected a GUID.");
}

/// <summary>Every integer type but <see cref="ulong"/>: they all pass through <see cref="long"/>.</summary>
internal sealed class IntegerCodec<T>(bool fromString) : Codec<T>
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    private static readonly long Least = long.CreateChecked(T.MinValue);
    private static readonly long Greatest = long.CreateChecked(T.MaxValue);

    public override void Write(ref MessagePackWriter writer, T value) => writer.WriteInt64(long.CreateTruncating(value));

    public override T Read(ref MessagePackReader reader)
    {
        if (fromString && reader.Kind == TokenKind.String) return NumberText.Parse<T>(reader.ReadUtf8(), NumberStyles.AllowLeadingSign);
        var value = reader.ReadInt64();
        return value >= Least && value <= Greatest
            ? T.CreateTruncating(value)
            : throw new JsonException($"{value} is outside the range of {typeof(T).Name}.");
    }
}

internal sealed class UInt64Codec(bool fromString) : Codec<ulong>
{
    public override void Write(ref MessagePackWriter writer, ulong value) => writer.WriteUInt64(value);

    public override ulong Read(ref MessagePackReader reader) => fromString && reader.Kind == TokenKind.String
        ? NumberText.Parse<ulong>(reader.ReadUtf8(), NumberStyles.None)
        : reader.ReadUInt64();
}

internal sealed class DoubleCodec(bool fromString) : Codec<double>
{
    public override void Write(ref MessagePackWriter writer, double value) =>
        writer.WriteDouble(double.IsFinite(value) ? value : throw NumberText.NotFinite());

    public override double Read(ref MessagePackReader reader)
    {
        if (fromString && reader.Kind == TokenKind.String) return NumberText.Parse<double>(reader.ReadUtf8(), NumberStyles.Float);
        var value = reader.ReadDouble();
        return double.IsFinite(value) ? value : throw new JsonException("Expected a finite number.");
    }
}

internal sealed class SingleCodec(bool fromString) : Codec<float>
{
    public override void Write(ref MessagePackWriter writer, float value) =>
        writer.WriteSingle(float.IsFinite(value) ? value : throw NumberText.NotFinite());

    public override float Read(ref MessagePackReader reader)
    {
        if (fromString && reader.Kind == TokenKind.String) return NumberText.Parse<float>(reader.ReadUtf8(), NumberStyles.Float);
        var value = (float)reader.ReadDouble();
        return float.IsFinite(value) ? value : throw new JsonException("Expected a number in the range of Single.");
    }
}

/// <summary>A decimal travels as an integer or a 64-bit float where that holds it exactly, else as its digits in a string.</summary>
internal sealed class DecimalCodec : Codec<decimal>
{
    public override void Write(ref MessagePackWriter writer, decimal value)
    {
        if (decimal.IsInteger(value) && value is >= long.MinValue and <= ulong.MaxValue)
        {
            if (value < 0) writer.WriteInt64((long)value);
            else writer.WriteUInt64((ulong)value);
        }
        else if (TryExact((double)value, out var back) && back == value)
        {
            writer.WriteDouble((double)value);
        }
        else
        {
            writer.WriteString(value.ToString(CultureInfo.InvariantCulture));
        }
    }

    public override decimal Read(ref MessagePackReader reader)
    {
        switch (reader.Kind)
        {
            case TokenKind.String:
                return NumberText.Parse<decimal>(reader.ReadUtf8(), NumberStyles.Float);
            case TokenKind.Integer:
                return reader.IsLargeUnsigned() ? reader.ReadUInt64() : reader.ReadInt64();
            default:
                return TryExact(reader.ReadDouble(), out var value) ? value : throw new JsonException("A number is outside the range of Decimal.");
        }
    }

    // The cast from double rounds to 15 digits; the shortest text of a double does not.
    private static bool TryExact(double real, out decimal value) =>
        decimal.TryParse(real.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}

internal static class NumberText
{
    public static T Parse<T>(ReadOnlySpan<byte> utf8, NumberStyles style)
        where T : INumber<T> =>
        T.TryParse(utf8, style, CultureInfo.InvariantCulture, out var value) && T.IsFinite(value)
            ? value
            : throw new JsonException($"A string holds no {typeof(T).Name}.");

    public static JsonException NotFinite() =>
        new("NaN and infinities have no JSON form and are not written; allow named floating point literals to carry them as strings.");
}
