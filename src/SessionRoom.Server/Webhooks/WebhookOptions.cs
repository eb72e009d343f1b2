namespace SessionRoom.Server;

/// <summary>Where a key's events go.</summary>
public sealed class WebhookOptions
{
    /// <summary><c>https://…</c>, or <c>http://…</c> of this machine.</summary>
    public string Url { get; set; } = "";

    /// <summary>What events are signed with: at least 32 bytes, as text or as <c>whsec_</c> and base64.</summary>
    public string Secret { get; set; } = "";

    /// <summary>The types that are told of. All by default.</summary>
    public IList<string> Events { get; set; } = [];
}

/// <summary>How events are told; <c>SessionRoom:Webhooks</c>. Each has a row in <c>PROTOCOL.md</c>.</summary>
public sealed class WebhookPace
{
    /// <summary>How long a receiver may take to answer. 10 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The wait before the first retry; each further one is four times as long, give or take a fifth. 5 seconds.</summary>
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait between two tries. 6 hours.</summary>
    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromHours(6);

    /// <summary>How long one event is tried before delivery stops. 3 days.</summary>
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromDays(3);

    /// <summary>How long events are kept. 30 days.</summary>
    public TimeSpan KeptFor { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How many events of a key are kept. 100,000.</summary>
    public int MostKept { get; set; } = 100_000;

    /// <summary>How long a board is quiet before its changes are told. 1 second.</summary>
    public TimeSpan Quiet { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long changes of a board that is never quiet wait. 10 seconds.</summary>
    public TimeSpan LongestQuiet { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a node that has died keeps the others from delivering; longer than <see cref="Timeout"/>. 30 seconds.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often what a node left behind is looked for. 15 seconds.</summary>
    public TimeSpan GatherEvery { get; set; } = TimeSpan.FromSeconds(15);

    internal void Check()
    {
        foreach (var setting in GetType().GetProperties())
            if (setting.GetValue(this) switch { TimeSpan span => span < TimeSpan.FromMilliseconds(1) || span > TimeSpan.FromDays(365), int number => number < 1, _ => true })
                throw new SettingsException($"SessionRoom:Webhooks:{setting.Name} is at least 1 ms or 1, and at most a year");
        if (Lease <= Timeout) throw new SettingsException("SessionRoom:Webhooks:Lease is longer than SessionRoom:Webhooks:Timeout");
    }
}
