using System.Globalization;
using System.Text;
using SessionRoom.Rooms;

namespace SessionRoom.Redis;

// What nodes tell each other on a room's channel, sr:{room}: "s epoch seq bytes" and "n epoch n bytes" by the appending scripts (no bytes where they are too many), "e" where the
// log was deleted or begun anew, and "p node kind bytes" for what is not stored. Numbers and words are ASCII.
public sealed partial class RedisRoomLog
{
    private const byte Space = (byte)' ';

    /// <summary>For trials of what happens then: the share of publications that this process does not hear.</summary>
    private static readonly double Unheard = double.TryParse(Environment.GetEnvironmentVariable("SESSIONROOM_TEST_DROP"), CultureInfo.InvariantCulture, out var share) ? share : 0;

    public Task<IDisposable> FollowAsync(string room, Action<RoomNews> hear) => link.SubscribeAsync(Channel(room), message =>
    {
        if (Unheard > 0 && Random.Shared.NextDouble() < Unheard) return;
        if (Parse(message) is { } news) hear(news);
    });

    public void Tell(string room, PassingNews news)
    {
        ArgumentNullException.ThrowIfNull(news);
        link.Publish(Channel(room), [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"p {node} {(int)news.Kind} ")), .. news.Bytes.Span]);
    }

    /// <summary>Null for what this node said itself, and for what this version does not know.</summary>
    private RoomNews? Parse(byte[] message)
    {
        if (message is [(byte)'e', ..]) return new LogNews();
        if (message.Length < 2 || Word(message, 2, out var name) is not (> 0 and var second) || Word(message, second, out var number) is not (> 0 and var rest)) return null;
        if (!long.TryParse(number, CultureInfo.InvariantCulture, out var at)) return null;
        var bytes = message.AsMemory(rest);
        return (char)message[0] switch
        {
            's' => new BatchNews(name, at, bytes.IsEmpty ? null : bytes),
            'n' => new RecordNews(name, at, bytes.IsEmpty ? null : bytes),
            'p' when name != node && Enum.IsDefined((PassingKind)at) => new PassingNews((PassingKind)at, bytes),
            _ => null,
        };
    }

    /// <summary>Where what follows the word begins; 0 where there is none.</summary>
    private static int Word(byte[] message, int from, out string word)
    {
        var end = Array.IndexOf(message, Space, from);
        word = end > from ? Encoding.ASCII.GetString(message, from, end - from) : "";
        return end > from ? end + 1 : 0;
    }
}
