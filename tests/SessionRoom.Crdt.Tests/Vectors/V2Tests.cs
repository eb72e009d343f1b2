using System.Text.Json;
using static SessionRoom.Crdt.Tests.Vectors.Hex;

namespace SessionRoom.Crdt.Tests.Vectors;

/// <summary>Full states that Yjs wrote in format v2, whose clock columns hold falling runs: what Ycs reads wrongly.</summary>
public sealed class V2Tests
{
    public static TheoryData<string> Names => [.. Cases.Keys];

    private static Dictionary<string, V2Case> Cases { get; } = Read();

    [Theory]
    [MemberData(nameof(Names))]
    public void A_v2_state_reads_as_the_v1_state_does(string name)
    {
        var state = Cases[name];
        var doc = new Doc();
        Assert.True(doc.ApplyUpdateV2(Bytes(state.V2)).Accepted);
        AssertBytes(state.V1, doc.EncodeStateAsUpdate());
        Assert.StartsWith(state.Text, doc.GetText("t").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_v2_state_is_written_as_yjs_writes_it(string name)
    {
        var state = Cases[name];
        var doc = new Doc();
        Assert.True(doc.ApplyUpdate(Bytes(state.V1)).Accepted);
        AssertBytes(state.V2, doc.EncodeStateAsUpdateV2());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Conversion_writes_what_yjs_conversion_writes(string name)
    {
        var state = Cases[name];
        AssertBytes(state.ToV2, Updates.ConvertV1ToV2(Bytes(state.V1)));
        AssertBytes(state.ToV1, Updates.ConvertV2ToV1(Bytes(state.V2)));
        Assert.Null(Updates.ValidateV2(Bytes(state.V2)));
    }

    private static Dictionary<string, V2Case> Read()
    {
        var file = Path.Combine(Differential.Repository.Root, "tests", "SessionRoom.Crdt.Tests", "Vectors", "v2-runs.json");
        return JsonSerializer.Deserialize<V2Case[]>(File.ReadAllBytes(file), JsonSerializerOptions.Web)!.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
    }

    private sealed record V2Case(string Name, string V1, string V2, string ToV1, string ToV2, string Text);
}
