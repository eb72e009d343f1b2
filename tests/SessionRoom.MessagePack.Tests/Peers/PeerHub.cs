using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;

namespace SessionRoom.MessagePack.Tests.Peers;

/// <summary>One method for each thing that a hub and a client can do to each other.</summary>
public sealed class PeerHub(PeerWitness witness, Relay relay) : Hub
{
    public override Task OnDisconnectedAsync(Exception? exception)
    {
        witness.Happened($"left {Context.ConnectionId}");
        return Task.CompletedTask;
    }

    public int Add(int a, int b) => a + b;

    public void Nothing()
    {
    }

    public Task Whisper(string text, int number) => Clients.Caller.SendAsync("heard", text, number, (string?)null);

    public void Throw() => throw new InvalidOperationException("a secret");

    public void Refuse(string reason) => throw new HubException(reason);

    public PeerValues Values(PeerValues values) => values;

    public PeerPerson Person(PeerPerson person) => person;

    public JsonElement Element(JsonElement element) => element;

    public JsonObject Node(JsonObject node)
    {
        node["seen"] = true;
        return node;
    }

    public object? Any(object? value) => value;

    public byte[] Reverse(byte[] bytes)
    {
        Array.Reverse(bytes);
        return bytes;
    }

    public string Shout(string text) => text + "!";

    public async IAsyncEnumerable<int> Count(int to, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (var i = 0; i < to; i++)
        {
            cancel.ThrowIfCancellationRequested();
            if (i % 100 == 99) await Task.Yield();
            yield return i;
        }
    }

    public ChannelReader<PeerPerson> People(int count)
    {
        var people = Channel.CreateUnbounded<PeerPerson>();
        for (var i = 0; i < count; i++) people.Writer.TryWrite(new PeerPerson($"Žofie {i}", PeerRole.Member));
        people.Writer.Complete();
        return people.Reader;
    }

    public async IAsyncEnumerable<int> CountAndFail(int to)
    {
        for (var i = 0; i < to; i++) yield return i;
        await Task.Yield();
        throw new HubException("enough");
    }

    public async IAsyncEnumerable<int> Endless(string name, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var cancelled = cancel.Register(() => witness.Happened($"cancelled {name}"));
        for (var i = 0; ; i++)
        {
            await Task.Yield();
            cancel.ThrowIfCancellationRequested();
            yield return i;
        }
    }

    public Task<bool> WasCancelled(string name) => witness.WaitFor($"cancelled {name}");

    public Task<bool> HasLeft(string connectionId) => witness.WaitFor($"left {connectionId}");

    public async Task<int> Sum(int start, IAsyncEnumerable<int> numbers)
    {
        await foreach (var number in numbers) start += number;
        return start;
    }

    public async Task<int> Size(ChannelReader<byte[]> chunks)
    {
        var size = 0;
        await foreach (var chunk in chunks.ReadAllAsync()) size += chunk.Length;
        return size;
    }

    public async Task<string> EndOf(IAsyncEnumerable<int> numbers)
    {
        try
        {
            await foreach (var _ in numbers)
            {
            }

            return "completed";
        }
        catch (Exception e)
        {
            return e.Message;
        }
    }

    public async IAsyncEnumerable<int> Double(IAsyncEnumerable<int> numbers)
    {
        await foreach (var number in numbers) yield return 2 * number;
    }

    public Task<string> Ask(string question) => Clients.Caller.InvokeAsync<string>("ask", question, CancellationToken.None);

    public Task<PeerPerson> Who() => Clients.Caller.InvokeAsync<PeerPerson>("who", CancellationToken.None);

    public async Task<string> AskFails(string method)
    {
        try
        {
            return (await Clients.Caller.InvokeAsync<int>(method, CancellationToken.None)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception e)
        {
            return $"{e.GetType().Name}: {e.Message}";
        }
    }

    public Task Broadcast(PeerPatch patch) => Clients.All.SendAsync("patch", patch);

    public void CloseMe() => Context.Abort();

    public int Tally(string name) => witness.Count(name);

    public async Task<string> Cut(string text)
    {
        witness.Count(text);
        relay.Cut();
        await Clients.Caller.SendAsync("late", text);
        return text;
    }
}

public enum PeerRole
{
    Member,
    NoteTaker,
    Facilitator,
}

public sealed record PeerHand(string Intent, long At);

public sealed record PeerPerson(string Name, [property: JsonRequired] PeerRole Role, bool Online = false, PeerHand? Hand = null, int Turns = 0)
{
    public ImmutableArray<string> Tags { get; init; } = [];
}

[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(PeerRaised), "raised")]
[JsonDerivedType(typeof(PeerMoved), "moved")]
public abstract record PeerEvent(string By);

public sealed record PeerRaised(string By, string Intent) : PeerEvent(By);

public sealed record PeerMoved(string By, int From, int To) : PeerEvent(By);

public sealed record PeerPatch(long Seq, long At, ImmutableArray<PeerEvent> Events, JsonObject Patch);

public sealed record PeerValues
{
    public required bool Yes { get; init; }

    public required bool No { get; init; }

    public int Int { get; init; }

    public long Long { get; init; }

    public long Low { get; init; }

    public byte Small { get; init; }

    public double Real { get; init; }

    public float Single { get; init; }

    public double Whole { get; init; }

    public decimal Exact { get; init; }

    public string? Text { get; init; }

    public string? Empty { get; init; }

    public char Letter { get; init; }

    public Guid Id { get; init; }

    public PeerRole Role { get; init; }

    public ImmutableList<int> List { get; init; } = [];

    public int[][]? Nested { get; init; }

    public ImmutableDictionary<string, int>? Map { get; init; }

    public Dictionary<int, string>? ByNumber { get; init; }

    public int? Maybe { get; init; }

    public string? Nothing { get; init; }

    public string? Missing { get; init; }

    public TimeSpan Span { get; init; }

    public byte[]? Bytes { get; init; }

    public ReadOnlyMemory<byte> Memory { get; init; }

    public DateTimeOffset Time { get; init; }

    public PeerPerson? Person { get; init; }

    public object? Any { get; init; }

    public PeerEvent? Event { get; init; }
}
