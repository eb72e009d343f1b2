using SessionRoom.Crdt.Tests.Differential;

namespace SessionRoom.Crdt.Tests.Hostile;

/// <summary>Builds updates that no honest client would write.</summary>
internal static class Craft
{
    public const int Gc = 0, Skip = 10, Deleted = 1, LegacyJson = 2, Text = 4, Embed = 5, Nested = 7, Any = 8;
    public const int Keyed = 0x20, Right = 0x40, Origin = 0x80;

    public static byte[] Update(Action<ScriptWriter> write)
    {
        var writer = new ScriptWriter();
        write(writer);
        return writer.Written.ToArray();
    }

    /// <summary>One client's structs, written by <paramref name="structs"/>, and no deletions.</summary>
    public static byte[] Structs(ulong client, ulong clock, int count, Action<ScriptWriter> structs) => Update(writer =>
    {
        writer.Byte(1).Uint(count).Uint(client).Uint(clock);
        structs(writer);
        writer.Byte(0);
    });

    public static ScriptWriter Id(this ScriptWriter writer, ulong client, ulong clock) => writer.Uint(client).Uint(clock);

    /// <summary>An item of the root with this name, without neighbours; its content follows.</summary>
    public static ScriptWriter RootItem(this ScriptWriter writer, int content, string root) => writer.Byte(content).Byte(1).String(root);
}
