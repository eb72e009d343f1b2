using System.Text;
using static SessionRoom.LoadTests.Boards.Craft;

namespace SessionRoom.LoadTests.Boards;

/// <summary>Update bytes that are malformed, lie about themselves, or try to make their reader work or remember more than they hold.</summary>
internal static class BadUpdates
{
    private const ulong Me = 900_001;

    public static IEnumerable<(string What, byte[] Update)> All()
    {
        yield return ("a count of clients beyond the bytes", new Craft().Uint(Huge).Bytes);
        yield return ("a count of structs beyond the bytes", new Craft().Byte(1).Uint(Huge).Id(Me, 0).Bytes);
        yield return ("a count of deletions beyond the bytes", new Craft().Byte(0).Uint(Huge).Bytes);
        yield return ("a count of deleted ranges beyond the bytes", new Craft().Byte(0, 1).Uint(Me).Uint(Huge).Bytes);
        yield return ("a count of list values beyond the bytes", One(w => w.RootItem(Any, "a").Uint(Huge)));
        yield return ("a count of array elements beyond the bytes", One(w => w.RootItem(Any, "a").Byte(1, 117).Uint(Huge)));
        yield return ("a count of object members beyond the bytes", One(w => w.RootItem(Any, "a").Byte(1, 118).Uint(Huge)));
        yield return ("a count of legacy texts beyond the bytes", One(w => w.RootItem(2, "a").Uint(Huge)));
        yield return ("a text longer than the update", One(w => w.RootItem(Text, "notes").Uint(Huge)));
        yield return ("a collected run of no length", One(w => w.Byte(Gc, 0)));
        yield return ("an empty text", One(w => w.RootItem(Text, "notes").String("")));
        yield return ("a list of no values", One(w => w.RootItem(Any, "a").Byte(0)));
        yield return ("a deleted run of no length", One(w => w.RootItem(Deleted, "notes").Byte(0)));
        yield return ("a clock past 53 bits", Structs(Me, (1UL << 53) - 2, 1, w => w.Byte(Gc).Uint(Huge)));
        yield return ("a client id past 53 bits", Structs(1UL << 53, 0, 1, w => w.Byte(Gc, 1)));
        yield return ("a deletion past 53 bits", new Craft().Byte(0, 1).Uint(Me).Byte(1).Uint((1UL << 53) - 1).Uint(Huge).Bytes);
        yield return ("a collected run of 2^40", One(w => w.Byte(Gc).Uint(1UL << 40)));
        yield return ("a deleted run of 2^40", One(w => w.RootItem(Deleted, "notes").Uint(1UL << 40)));
        yield return ("an origin that is the struct itself", Structs(Me, 4, 1, w => w.Byte(Text | Origin).Id(Me, 4).String("x")));
        yield return ("an origin ahead", Structs(Me, 4, 1, w => w.Byte(Text | Origin).Id(Me, 900).String("x")));
        yield return ("a right neighbour ahead", Structs(Me, 4, 1, w => w.Byte(Text | Right).Id(Me, 5).String("x")));
        yield return ("a parent that is the struct itself", Structs(Me, 4, 1, w => w.Byte(Text, 0).Id(Me, 4).String("x")));
        yield return ("arrays 200,000 deep", One(w => Nest(w.RootItem(Any, "a").Byte(1), 200_000, 117).Byte(126)));
        yield return ("objects 100,000 deep", One(w => Nest(w.RootItem(Any, "a").Byte(1), 100_000, 118).Byte(126)));
        yield return ("JSON 200,000 deep", One(w => w.RootItem(Embed, "notes").String(new string('[', 200_000) + new string(']', 200_000))));
        yield return ("text that is not UTF-8", One(w => w.RootItem(Text, "notes").Byte(2, 0xC3, 0x28)));
        yield return ("an embed that is not JSON", One(w => w.RootItem(Embed, "notes").String("{img:")));
        yield return ("an unknown content", One(w => w.RootItem(11, "notes").Byte(1)));
        yield return ("another unknown content", One(w => w.RootItem(31, "notes").Byte(1)));
        yield return ("an unknown type", One(w => w.RootItem(Nested, "notes").Byte(7)));
        yield return ("an unknown value", One(w => w.RootItem(Any, "notes").Byte(1, 90)));
        yield return ("bytes behind the end", [0, 0, 0]);
        yield return ("no byte", []);
        yield return ("text instead of an update", Encoding.UTF8.GetBytes("""{"type":"update"}"""));
    }

    /// <summary>A sound update, and each of its beginnings.</summary>
    public static IEnumerable<byte[]> Cut()
    {
        var sound = One(w => w.RootItem(Text, "notes").String("a sound text"));
        return Enumerable.Range(0, sound.Length).Select(length => sound[..length]);
    }

    /// <summary>Two clients each of whose parent is the other: they wait for each other for ever.</summary>
    public static byte[] Cycle() => new Craft().Byte(2)
        .Byte(1).Id(Me + 2, 0).Byte(Nested, 0).Id(Me + 1, 0).Byte(1)
        .Byte(1).Id(Me + 1, 0).Byte(Nested, 0).Id(Me + 2, 0).Byte(1)
        .Byte(0).Bytes;

    /// <summary>Text behind a struct that nobody has.</summary>
    public static byte[] Waiting(ulong client, int length) => Structs(client, 7, 1, w => w.Byte(Text | Origin).Id(client, 6).String(new string('w', length)));

    /// <summary>A struct of each of so many clients.</summary>
    public static byte[] Clients(int count)
    {
        var craft = new Craft().Uint((ulong)count);
        for (var client = count; client > 0; client--) craft.Byte(1).Id(950_000 + (ulong)client, 0).RootItem(Text, "notes").String("x");
        return craft.Byte(0).Bytes;
    }

    /// <summary>Lists, each inside the one before.</summary>
    public static byte[] Lists(ulong client, int deep) => Structs(client, 0, deep, w =>
    {
        w.RootItem(Nested, "decisions").Byte(0);
        for (var clock = 1; clock < deep; clock++) w.Byte(Nested, 0).Id(client, (ulong)clock - 1).Byte(0);
    });

    public static byte[] One(Action<Craft> structs) => Structs(Me, 0, 1, structs);

    private static Craft Nest(Craft craft, int levels, int tag)
    {
        for (var level = 0; level < levels; level++)
        {
            craft.Byte(tag, 1);
            if (tag == 118) craft.String("k");
        }
        return craft;
    }
}
