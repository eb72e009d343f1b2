using SessionRoom.Domain;
using SessionRoom.Rooms;

namespace SessionRoom.Server;

/// <summary>What the host reads from the configuration section <c>SessionRoom</c>.</summary>
public sealed class ServerOptions
{
    public const string Section = "SessionRoom";

    /// <summary>Where the embedded log and the signing key live. <c>./data</c> by default.</summary>
    public string DataDirectory { get; set; } = "./data";

    /// <summary>Where Redis is, <c>host:port</c>, with <c>,password=…</c> where it asks for one: any number of nodes share it. Absent: this node is alone, on the embedded log.</summary>
    public string? Redis { get; set; }

    /// <summary>The secret that the server signs its own tokens with, at least 32 bytes of UTF-8. Absent: one is made in the data directory. On Redis it is
    /// set, and the same on all nodes.</summary>
    public string? SigningKey { get; set; }

    /// <summary>Whether anyone may create rooms. By default true in Development and false elsewhere.</summary>
    public bool? OpenCreation { get; set; }

    /// <summary><see cref="Rooms.Durability.Process"/> by default.</summary>
    public Durability Durability { get; set; }

    /// <summary>How long a token from an invite lasts, and one from a key that names no <c>ttlSeconds</c>. 12 hours by default.</summary>
    public TimeSpan TokenLife { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How long the server plays a session by itself before it listens, so that its code is compiled when people come. A second by default; zero for not at all, and at most ten.</summary>
    public TimeSpan Rehearsal { get; set; } = TimeSpan.FromSeconds(1);

    public IList<ApiKeyOptions> ApiKeys { get; set; } = [];

    public LimitOptions Limits { get; set; } = new();

    /// <summary>How keys' receivers are told of events.</summary>
    public WebhookPace Webhooks { get; set; } = new();

    /// <exception cref="SettingsException">A limit that is none, a value that cannot be read, or a setting of another version.</exception>
    internal static ServerOptions From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        if (section.GetSection(nameof(Redis)).GetChildren().Any()) throw new SettingsException("SessionRoom:Redis is an address, and no section");
        foreach (var limit in section.GetSection(nameof(Limits)).GetChildren())
            if (!typeof(LimitOptions).GetProperties().Any(known => known.Name.Equals(limit.Key, StringComparison.OrdinalIgnoreCase))) throw new SettingsException($"{limit.Path} is no limit of this version");
        try
        {
            return section.Get<ServerOptions>() ?? new();
        }
        catch (InvalidOperationException failure)
        {
            throw new SettingsException(failure.Message, failure);
        }
    }

    /// <summary>Says what is wrong with the settings; the host does not start with such.</summary>
    internal void Check()
    {
        Limits.Check();
        Webhooks.Check();
        if (string.IsNullOrWhiteSpace(Redis)) Redis = null;
        if (Redis is not null && SigningKey is null) throw new SettingsException("SessionRoom:SigningKey is not set: the nodes that share SessionRoom:Redis sign with the same secret");
        if (TokenLife < TimeSpan.FromSeconds(1)) throw new SettingsException("SessionRoom:TokenLife is at least a second");
        if (Rehearsal < TimeSpan.Zero || Rehearsal > TimeSpan.FromSeconds(10)) throw new SettingsException("SessionRoom:Rehearsal is 0 to 10 seconds");
        foreach (var key in ApiKeys)
        {
            if (!Ids.IsRoomId(key.Id)) throw new SettingsException("SessionRoom:ApiKeys: an Id is 1 to 64 of A-Z a-z 0-9 _ -");
            if (System.Text.Encoding.UTF8.GetByteCount(key.Secret) < 32) throw new SettingsException($"SessionRoom:ApiKeys: the Secret of {key.Id} has fewer than 32 bytes");
            if (key.Origins.FirstOrDefault(origin => WebOrigin.Read(origin) is null) is { } no) throw new SettingsException($"SessionRoom:ApiKeys: {no}, an Origin of {key.Id}, is no web origin such as https://school.example");
            if (key.Id == TokenSigner.KeyId) throw new SettingsException($"SessionRoom:ApiKeys: the Id {key.Id} is the server's own");
            Webhook.Of(key);
        }
        if (ApiKeys.DistinctBy(key => key.Id, StringComparer.Ordinal).Count() != ApiKeys.Count) throw new SettingsException("SessionRoom:ApiKeys: two keys have the same Id");
    }

    internal RoomOptions ForRooms() => new()
    {
        DataDirectory = DataDirectory,
        Durability = Durability,
        Limits = new() { People = Limits.PeoplePerRoom, AgendaItems = Limits.AgendaItems },
        Board = new() { UpdateBytes = Limits.BoardUpdateBytes, BoardBytes = Limits.BoardBytes, ClientIds = Limits.BoardClientIds },
    };
}

/// <summary>An integrator's key.</summary>
public sealed class ApiKeyOptions
{
    public string Id { get; set; } = "";

    /// <summary>Shown as a bearer by the integrator's back end, and the HS256 secret of the tokens that it signs itself. At least 32 bytes, as HS256 asks.</summary>
    public string Secret { get; set; } = "";

    /// <summary>The web origins that the key's widget may be embedded in, such as <c>https://school.example</c>.</summary>
    public IList<string> Origins { get; set; } = [];

    /// <summary>Who is told of what happens in the key's rooms. Nobody by default.</summary>
    public WebhookOptions? Webhook { get; set; }
}

/// <summary>Rates and sizes; <c>SessionRoom:Limits</c>. Each has a row in <c>PROTOCOL.md</c>.</summary>
public sealed class LimitOptions
{
    /// <summary>Calls per second that one connection, or one caller over HTTP, may make in the long run. 200.</summary>
    public double CommandsPerSecond { get; set; } = 200;

    /// <summary>Calls that may come at once before the rate holds. 400.</summary>
    public int CommandBurst { get; set; } = 400;

    /// <summary>Refused calls that a connection may pile up (they drain at the rate above) before it is closed with <c>rate_limited</c>. 1,000.</summary>
    public int FloodAfter { get; set; } = 1_000;

    /// <summary>How long whoever was closed for that may not open another connection to the room on the same node. 10 s.</summary>
    public TimeSpan OutAfterFlood { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>UTF-8 bytes of one command. 128 KiB.</summary>
    public int CommandBytes { get; set; } = 128 * 1024;

    /// <summary>Bytes of one hub frame, and of one HTTP body. A larger frame closes the connection. 1 MiB.</summary>
    public int FrameBytes { get; set; } = 1024 * 1024;

    /// <summary>People in one room, seats included. 2,000.</summary>
    public int PeoplePerRoom { get; set; } = 2_000;

    /// <summary>Items of one agenda. 100.</summary>
    public int AgendaItems { get; set; } = 100;

    /// <summary>Rooms that one key may have. 10,000.</summary>
    public int RoomsPerKey { get; set; } = 10_000;

    /// <summary>Connections of one person to one room on one node. 10.</summary>
    public int ConnectionsPerPerson { get; set; } = 10;

    /// <summary>Failed joins and wrong keys per minute and address. 30, and as many at once.</summary>
    public int GuessesPerMinute { get; set; } = 30;

    /// <summary>Rooms that one address may create without a key, per minute. 600, and as many at once.</summary>
    public int OpenRoomsPerMinute { get; set; } = 600;

    /// <summary>New participants that one address may bring in by invites, per minute; as many looks at invites, and as many pages for frames. 3,000, and as many at once.</summary>
    public int NewPeoplePerMinute { get; set; } = 3_000;

    /// <summary>HTTP calls per second of one key. 2,000.</summary>
    public int KeyCallsPerSecond { get; set; } = 2_000;

    /// <summary>Bytes of one board update. 512 KiB: what fits into a frame as base64.</summary>
    public int BoardUpdateBytes { get; set; } = 512 * 1024;

    /// <summary>Bytes of a board's whole state. 8 MiB.</summary>
    public int BoardBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>Board updates per second of one connection, and twice as many at once. 100.</summary>
    public int BoardUpdatesPerSecond { get; set; } = 100;

    /// <summary>Bytes of board updates per second of one connection, and as much as the largest update at once. 256 KiB.</summary>
    public int BoardBytesPerSecond { get; set; } = 256 * 1024;

    /// <summary>CRDT client ids of one participant. 1,000.</summary>
    public int BoardClientIds { get; set; } = 1_000;

    /// <summary>Bytes of one awareness message. 4 KiB.</summary>
    public int AwareBytes { get; set; } = 4 * 1024;

    /// <summary>Awareness messages per second of one connection, and twice as many at once. 30.</summary>
    public int AwarePerSecond { get; set; } = 30;

    /// <summary>How long a connection may take nothing before it is closed with <c>too_slow</c>. 10 seconds.</summary>
    public TimeSpan StalledFor { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection may be up without having joined. 30 seconds.</summary>
    public TimeSpan JoinWithin { get; set; } = TimeSpan.FromSeconds(30);

    internal void Check()
    {
        foreach (var limit in GetType().GetProperties())
        {
            var (wrong, least) = limit.GetValue(this) switch
            {
                int number => (number < 1, "1"),
                double rate => (!double.IsFinite(rate) || rate <= 0, "a little more than 0"),
                TimeSpan span => (span < TimeSpan.FromMilliseconds(1) || span > TimeSpan.FromDays(1), "1 ms, and at most a day"),
                _ => throw new System.Diagnostics.UnreachableException(limit.Name),
            };
            if (wrong) throw new SettingsException($"SessionRoom:Limits:{limit.Name} is at least {least}");
        }
    }
}
