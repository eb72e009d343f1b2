namespace SessionRoom.Crdt.Tests.Differential;

/// <summary>What a history may do: everything else follows from its seed.</summary>
/// <param name="Rich">Formats, embeds and deltas in the text root "r".</param>
/// <param name="Nested">The same in texts inside other types.</param>
/// <param name="Cut">Edits may fall between the halves of a surrogate pair.</param>
/// <param name="Roots">Which roots are edited: 0 text, 1 rich text, 2 array, 3 map, 4 XML.</param>
internal sealed record EditMix(bool Rich, bool Nested, bool Cut, int[] Roots)
{
    public static readonly EditMix Everything = new(Rich: true, Nested: true, Cut: false, [0, 1, 2, 3, 4]);
    public static readonly EditMix Exact = new(Rich: false, Nested: false, Cut: false, [0, 0, 2, 3, 4]);
}

/// <summary>Random edits as bytes, in the form that tests/peers/crdt/ops.mjs reads.</summary>
internal sealed class RandomEdits(Random random, ScriptWriter writer, EditMix mix)
{
    private static readonly string[] Words =
        ["a", "b", "xy", "lorem ", "é", "ß中", "😀", "a😀b", "👨‍👩‍👧", "\n", "0123456789", "\u0000", "\u200d", "ﬀ"];

    private static readonly string[] AttributeNames = ["bold", "em", "href"];
    private static readonly string[] Keys = ["k", "", "key", "é", "😀", "l"];

    public void WriteEdit()
    {
        writer.Byte((mix.Rich ? 1 : 0) | (mix.Cut ? 2 : 0) | (mix.Nested ? 4 : 0));
        writer.Byte(mix.Roots[random.Next(mix.Roots.Length)]);
        var depth = random.Next(4);
        writer.Uint(depth);
        for (var i = 0; i < depth; i++)
        {
            writer.Uint(random.Next(64));
        }

        writer.Uint(random.Next(40));
        // Typing goes on where it was often enough for runs to grow and be joined.
        writer.Uint(random.Next(3) == 0 ? random.Next(3) : random.Next(1000));
        writer.Uint(random.Next(64));
        writer.String(Word());
        WriteAttributes();
        var values = random.Next(4);
        writer.Uint(values);
        for (var i = 0; i < values; i++)
        {
            WriteValue(0);
        }
    }

    private string Word() => Words[random.Next(Words.Length)];

    private void WriteAttributes()
    {
        var count = 1 + random.Next(2);
        writer.Byte(118).Uint(count);
        for (var i = 0; i < count; i++)
        {
            writer.String(AttributeNames[(random.Next(2) + i) % AttributeNames.Length]);
            switch (random.Next(6))
            {
                case 0 or 1: writer.Byte(126); break;
                case 2: writer.Byte(119).String(Word()); break;
                case 3: writer.AnyInteger(random.Next(-3, 3)); break;
                case 4: writer.Byte(118).Uint(1).String("n").Byte(117).Uint(2).Byte(120).AnyInteger(7); break;
                default: writer.Byte(120); break;
            }
        }
    }

    private void WriteValue(int depth, bool listed = false)
    {
        switch (random.Next(depth < 2 ? 15 : 8))
        {
            case 6: writer.Byte(1).Bytes([1, 2, (byte)random.Next(256)]); break;
            case 7: writer.Byte(5).String("guid" + random.Next(9)); break;
            case 8: writer.Byte(2).String(random.Next(4) == 0 ? "" : Word()); break;
            case 9: WriteMany(3, depth, named: true); break;
            case 10: WriteMany(4, depth, named: false); break;
            case 11 or 12: WriteElement(depth); break;
            case 14: writer.Byte(8).String("hook" + random.Next(3)); break;
            case 13: writer.Byte(7).String(random.Next(4) == 0 ? "" : Word()); break;
            default: writer.Byte(0); WriteAny(0, listed); break;
        }
    }

    private void WriteMany(int kind, int depth, bool named)
    {
        var count = random.Next(3);
        writer.Byte(kind).Uint(count);
        for (var i = 0; i < count; i++)
        {
            if (named)
            {
                writer.String(Keys[(random.Next(3) + (i * 3)) % Keys.Length]);
            }

            WriteValue(depth + 1, listed: !named);
        }
    }

    private void WriteElement(int depth)
    {
        writer.Byte(6).String(random.Next(2) == 0 ? "p" : "div");
        var attributes = random.Next(3);
        writer.Uint(attributes);
        for (var i = 0; i < attributes; i++)
        {
            writer.String(Keys[(random.Next(3) + (i * 3)) % Keys.Length]);
            WriteAny(1);
        }

        var children = depth < 2 ? random.Next(3) : 0;
        writer.Uint(children);
        for (var i = 0; i < children; i++)
        {
            if (random.Next(2) == 0)
            {
                WriteElement(depth + 1);
            }
            else
            {
                writer.Byte(7).String(Word());
            }
        }
    }

    // Yjs' lists take neither undefined nor a bigint, unless inside another value.
    private void WriteAny(int depth, bool listed = false)
    {
        switch (random.Next(depth < 2 ? 14 : 11))
        {
            case 5 or 6 when listed: writer.Byte(126); break;
            case 0: writer.Byte(126); break;
            case 1: writer.Byte(random.Next(2) == 0 ? 120 : 121); break;
            case 2: writer.AnyInteger(random.Next(-70, 70)); break;
            case 3: writer.AnyInteger(random.Next(int.MinValue + 1, int.MaxValue)); break;
            case 4: writer.AnyDouble(OddNumber()); break;
            case 5: writer.AnyBigInt(random.NextInt64(long.MinValue, long.MaxValue)); break;
            case 6: writer.Byte(127); break;
            case 7: writer.Byte(116).Bytes([9, 8]); break;
            case 11 or 12:
                var keys = random.Next(3);
                writer.Byte(118).Uint(keys);
                for (var i = 0; i < keys; i++)
                {
                    writer.String(Keys[(random.Next(3) + (i * 3)) % Keys.Length]);
                    WriteAny(depth + 1);
                }

                break;
            case 13:
                var items = random.Next(3);
                writer.Byte(117).Uint(items);
                for (var i = 0; i < items; i++)
                {
                    WriteAny(depth + 1);
                }

                break;
            default: writer.Byte(119).String(Word()); break;
        }
    }

    private double OddNumber() => random.Next(10) switch
    {
        0 => double.NaN,
        1 => double.PositiveInfinity,
        2 => -0.0,
        3 => 2147483648.0,
        4 => -2147483648.0,
        5 => 1L << 53,
        6 => 0.5,
        7 => 1e300,
        8 => 5e-324,
        _ => random.NextDouble(),
    };
}
