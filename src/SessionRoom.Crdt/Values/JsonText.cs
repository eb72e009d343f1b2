namespace SessionRoom.Crdt;

/// <summary>JSON text exactly as JavaScript's <c>JSON.stringify</c> writes it: embeds and formats carry it on the wire.</summary>
internal static class JsonText
{
    public static string Write(YValue value) => throw new NotSupportedException();
    public static YValue Parse(string json) => throw new NotSupportedException();
}
