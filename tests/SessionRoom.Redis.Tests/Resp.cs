using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SessionRoom.Redis.Tests;

/// <summary>As much of Redis' protocol as a test needs to send a command.</summary>
internal static class Resp
{
    public static async Task<string> AskAsync(int port, string[] command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        await using var stream = client.GetStream();
        var sent = new StringBuilder($"*{command.Length}\r\n");
        foreach (var part in command) sent.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(part)}\r\n{part}\r\n");
        await stream.WriteAsync(Encoding.UTF8.GetBytes(sent.ToString()));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await ReadAsync(reader);
    }

    private static async Task<string> ReadAsync(StreamReader reader)
    {
        var line = await reader.ReadLineAsync() ?? throw new EndOfStreamException();
        switch (line[0])
        {
            case '+' or ':': return line[1..];
            case '$' when line == "$-1": return "";
            case '$':
                var text = new char[int.Parse(line.AsSpan(1), CultureInfo.InvariantCulture) + 2];
                await reader.ReadBlockAsync(text);
                return new(text, 0, text.Length - 2);
            case '*':
                var parts = new List<string>();
                for (var left = int.Parse(line.AsSpan(1), CultureInfo.InvariantCulture); left > 0; left--) parts.Add(await ReadAsync(reader));
                return string.Join('\n', parts);
            default: throw new InvalidOperationException(line);
        }
    }
}
