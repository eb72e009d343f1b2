using SessionRoom.Crdt.Tests.Hostile;

namespace SessionRoom.Crdt.Tests.Types;

public sealed class MapAndListTests
{
    [Fact]
    public void Of_concurrent_writes_the_larger_client_wins_on_both_sides_and_the_loser_is_deleted()
    {
        var (low, high) = (new Doc(new() { ClientId = 1 }), new Doc(new() { ClientId = 2 }));
        low.GetMap("m").Set("k", "low");
        high.GetMap("m").Set("k", "high");
        low.ApplyUpdate(high.EncodeStateAsUpdate());
        high.ApplyUpdate(low.EncodeStateAsUpdate());
        Assert.Equal("high", low.GetMap("m")["k"].AsString);
        Assert.Equal("high", high.GetMap("m")["k"].AsString);
        Assert.Equal(low.EncodeStateAsUpdate(), high.EncodeStateAsUpdate());
    }

    [Fact]
    public void A_map_event_tells_added_updated_and_deleted_keys_with_their_old_values()
    {
        var map = new Doc().GetMap("m");
        map.Set("kept", 1);
        map.Set("gone", "old");
        IReadOnlyDictionary<string, YKeyChange>? seen = null;
        using var observing = map.Observe(change => seen = change.Keys);
        map.Doc.Transact(_ =>
        {
            map.Set("new", true);
            map.Set("kept", 2);
            map.Set("kept", 3);
            map.Delete("gone");
            map.Set("passing", 1);
            map.Delete("passing");
        });
        Assert.Equal(new YKeyChange(YKeyAction.Add, YValue.Undefined), seen!["new"]);
        Assert.Equal(new YKeyChange(YKeyAction.Update, 1), seen["kept"]);
        Assert.Equal(new YKeyChange(YKeyAction.Delete, "old"), seen["gone"]);
        Assert.False(seen.ContainsKey("passing"));
    }

    [Fact]
    public void The_kind_of_a_key_is_told_without_reading_its_value()
    {
        var map = new Doc().GetMap("m");
        YValue[] values = [YValue.Undefined, YValue.Null, true, false, 1, 0.1, YValue.FromBigInt(7), "text", new byte[] { 1 },
            YValue.From(new Dictionary<string, YValue>(StringComparer.Ordinal)), YValue.From([1, 2]), YValue.From(new YSubdocument("guid"))];
        foreach (var (at, value) in values.Index()) map.Set($"{at}", value);
        map.SetText("nested");
        Assert.Equal(values.Select(value => value.Kind), values.Select((_, at) => map.KindOf($"{at}")));
        Assert.Equal((YValueKind.Type, YValueKind.Undefined), (map.KindOf("nested"), map.KindOf("absent")));
    }

    [Theory]
    [InlineData("undefined", YValueKind.Undefined)]
    [InlineData(" null", YValueKind.Null)]
    [InlineData("true", YValueKind.Boolean)]
    [InlineData("-1.5", YValueKind.Number)]
    [InlineData("\"a\"", YValueKind.String)]
    [InlineData("{}", YValueKind.Object)]
    [InlineData("[1]", YValueKind.Array)]
    public void The_kind_of_a_value_that_an_old_client_wrote_as_json_is_told_too(string json, YValueKind kind)
    {
        var doc = new Doc();
        Assert.True(doc.ApplyUpdate(Craft.Structs(9, 0, 1, w => w.Byte(Craft.LegacyJson | Craft.Keyed).Byte(1).String("m").String("k").Uint(1).String(json))).Accepted);
        Assert.Equal(kind, doc.GetMap("m").KindOf("k"));
    }

    [Fact]
    public void The_types_in_a_list_come_in_order_and_without_its_plain_data()
    {
        var list = new Doc().GetArray("a");
        list.Push([1, 2, 3]);
        var (second, first) = (list.InsertMap(2), list.InsertText(0, "x"));
        list.InsertMap(0);
        list.Delete(0);
        Assert.Equal([first, second], list.NestedTypes());
    }

    [Fact]
    public void A_list_event_tells_its_delta_and_a_deep_one_the_way_there()
    {
        var doc = new Doc();
        var list = doc.GetArray("a");
        list.Push([1, 2, 3]);
        var nested = list.InsertMap(1);
        IReadOnlyList<YDelta>? delta = null;
        var path = "";
        using var direct = list.Observe(change => delta = change.Delta);
        using var deep = list.ObserveDeep(changes => path = string.Join(' ', changes.Select(change => YValue.From(change.Path).ToJsonString())));
        doc.Transact(_ =>
        {
            nested.SetMap("inner").Set("x", 1);
            list.Delete(2);
            list.Push("end");
        });
        Assert.Equal([YDelta.Retaining(2), YDelta.Deleting(1), YDelta.Retaining(1), new YDelta { Kind = YDeltaKind.Insert, Length = 1, Insert = YValue.From(["end"]) }],
            delta!, DeltaComparer.Instance);
        Assert.Equal("[] [1]", path);
    }

    [Fact]
    public void Lists_hold_every_kind_of_value_and_share_structs_for_plain_runs()
    {
        var doc = new Doc(new() { ClientId = 1 });
        var list = doc.GetArray("a");
        list.Insert(0, [1, "two", new byte[] { 3 }, YValue.From(new YSubdocument("G")), YValue.Null]);
        Assert.Equal("""[1,"two",{"0":3},{},null]""", list.ToJson().ToJsonString());
        Assert.Equal("G", list[3].AsDocument.Guid);
        // Four structs: the two plain runs, the bytes and the subdocument.
        Assert.Equal(4, doc.EncodeStateAsUpdate()[1]);
    }

    [Fact]
    public void A_collected_type_refuses_edits_and_reads_as_empty()
    {
        var doc = new Doc();
        var nested = doc.GetMap("m").SetMap("n");
        nested.Set("x", 1);
        doc.GetMap("m").Delete("n");
        Assert.True(nested.IsDeleted);
        Assert.Equal(0, nested.Count);
        Assert.Throws<InvalidOperationException>(() => nested.Set("y", 1));
    }

    [Fact]
    public void Asking_for_a_root_by_another_kind_is_refused()
    {
        var doc = new Doc();
        doc.GetText("t");
        Assert.Throws<InvalidOperationException>(() => doc.GetMap("t"));
    }

    [Fact]
    public void Xml_reads_as_Yjs_writes_it()
    {
        var xml = new Doc().GetXmlFragment("x");
        var paragraph = xml.InsertElement(0, "P");
        paragraph.SetAttribute("z", 1);
        paragraph.SetAttribute("a", "b");
        paragraph.InsertText(0, "hi").Format(0, 1, new Dictionary<string, YValue> { ["em"] = YValue.ParseJson("""{"c":"d"}""") });
        Assert.Equal("""<p a="b" z="1"><em c="d">h</em>i</p>""", xml.ToString());
    }

    [Fact]
    public void A_relative_position_stays_with_its_unit()
    {
        var text = new Doc().GetText("t");
        text.Insert(0, "hello");
        var (right, left, end) = (RelativePosition.At(text, 2), RelativePosition.At(text, 2, assoc: -1), RelativePosition.At(text, 5));
        text.Insert(2, "XX");
        text.Insert(0, "__");
        Assert.Equal((text, 6), RelativePosition.Decode(right.Encode()).Resolve(text.Doc));
        Assert.Equal((text, 4), RelativePosition.Decode(left.Encode()).Resolve(text.Doc));
        Assert.Equal((text, 9), end.Resolve(text.Doc));
        text.Delete(6, 1);
        Assert.Equal((text, 6), right.Resolve(text.Doc));
        Assert.Null(right.Resolve(new Doc()));
    }
}
