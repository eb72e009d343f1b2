using System.Runtime.InteropServices;
using System.Text.Json;
using SessionRoom.Domain;
using SessionRoom.Rooms;

namespace SessionRoom.Server;

/// <summary>Takes a command from the wire to its room and the answer back. Whatever was sent, it answers.</summary>
internal sealed class Orders(RoomDirectory rooms, ServerOptions options, ServerMeters meters, TimeProvider time, ILogger<Orders> logger)
{
    public async Task<Ack> DoAsync(string roomId, Caller by, JsonElement json, long seq, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        var (command, refusal) = Read(json);
        var ack = refusal is null ? await DoAsync(roomId, by, command!, seq, cancel) : Refuse(refusal.Code, refusal.Message, seq);
        meters.Answered(command is null ? "unknown" : json.GetProperty("type"u8).GetString()!, ack.Error?.Code ?? "ok", time.GetElapsedTime(started));
        return ack;
    }

    public static Ack Refuse(RefusalCode code, string message, long seq) => new(false, seq, Error: new(Words.Of(code), message));

    private async Task<Ack> DoAsync(string roomId, Caller by, MemberCommand command, long seq, CancellationToken cancel)
    {
        try
        {
            if (await rooms.OpenAsync(roomId, cancel) is not { } room) return Refuse(RefusalCode.NotFound, "no such room", seq);
            var answer = await room.DoAsync(by, command, cancel);
            return answer.Refusal is { } refusal
                ? Refuse(refusal.Code, refusal.Message, answer.Seq)
                : new(true, answer.Seq, answer.Result is { } result ? new(result.Pid) : null);
        }
        catch (RoomLogException failure)
        {
            Log.LogFailed(logger, roomId, failure);
            return Refuse(RefusalCode.Unavailable, "the room's log cannot be used now", seq);
        }
    }

    private (MemberCommand? Command, Refusal? Refusal) Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) return (null, new(RefusalCode.Invalid, "a command is an object"));
        if (JsonMarshal.GetRawUtf8Value(json).Length > options.Limits.CommandBytes) return (null, new(RefusalCode.TooLarge, $"a command has at most {options.Limits.CommandBytes} bytes"));
        try
        {
            return json.Deserialize(RoomJson.Default.MemberCommand) is { Id: { Length: >= 1 and <= Ids.Longest } id } command && IsPlain(id)
                ? (command, null)
                : (null, new(RefusalCode.Invalid, "id is 1 to 64 characters, none of them a control character"));
        }
        catch (Exception failure) when (failure is JsonException or NotSupportedException or InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // An unknown type, a field of another kind, a number out of range, text that is not Unicode: all the sender's.
            return (null, new(RefusalCode.Invalid, failure is JsonException { Path: { } path } ? $"not a command of this protocol, at {Shown(path)}" : "not a command of this protocol"));
        }
    }

    private static bool IsPlain(string id) => !id.Any(char.IsControl);

    private static string Shown(string path) => path.Length > 80 ? string.Concat(path.AsSpan(0, 80), "…") : path;
}
