namespace SessionRoom.Crdt.Tests.Documents;

/// <summary>The first example of the library's README, line by line.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_first_example_does_what_it_says()
    {
        var (sent, rejected) = (new List<byte[]>(), new List<UpdateProblemReason>());
        void Send(byte[] update) => sent.Add(update);
        void Reject(UpdateProblemReason reason) => rejected.Add(reason);
        byte[] bytesFromSomebody = [0x01, 0x01, 0x01];
        byte[] theirStateVector = [0];

        var doc = new Doc();
        doc.UpdateV1 += (_, update, origin, local) => { if (local) Send(update.ToArray()); };

        doc.GetText("title").Insert(0, "Hello");
        var card = doc.GetMap("cards").SetMap("c1");
        card.Set("done", false);
        card.SetText("notes", "first line");

        var applied = doc.ApplyUpdate(bytesFromSomebody);
        if (!applied.Accepted) Reject(applied.Problem!.Reason);

        byte[] missing = doc.EncodeStateAsUpdate(theirStateVector);

        Assert.Equal("""{"title":"Hello","cards":{"c1":{"done":false,"notes":"first line"}}}""", doc.ToJson().ToString());
        Assert.Single(rejected);
        var other = new Doc();
        foreach (var update in sent) Assert.True(other.ApplyUpdate(update).Accepted);
        Assert.Equal(doc.EncodeStateAsUpdate(), other.EncodeStateAsUpdate());
        Assert.Equal(doc.EncodeStateAsUpdate(), missing);
    }
}
