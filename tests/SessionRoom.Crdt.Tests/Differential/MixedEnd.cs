using System.Text;

namespace SessionRoom.Crdt.Tests.Differential;

/// <summary>What must be equal when a mixed history has come to rest.</summary>
internal static class MixedEnd
{
    private const int Fresh = 20;

    public static void Write(ScriptWriter script, Side side, Side[] owners, int relay, byte[][] updates, byte[] byteWork)
    {
        for (var i = 0; i < owners.Length; i++)
        {
            if (owners[i] == side)
            {
                Report(script, i, ReportParts.Pending | ReportParts.Vector | ReportParts.Snapshot | ReportParts.Content);
            }
        }

        Report(script, relay, ReportParts.Bytes | ReportParts.Content);

        // All updates in one, made without a document: the merge, then its state vector.
        script.Byte((int)Command.Merge).Byte(1).Uint(updates.Length);
        foreach (var update in updates)
        {
            script.Bytes(update);
        }

        // The other side's merge goes through the same replica of one's own.
        script.Byte((int)Command.Open).Uint(Fresh).Uint(99).Byte((int)ReplicaKind.Collects);
        foreach (var update in updates.Reverse())
        {
            script.Byte((int)Command.Apply).Uint(Fresh).Byte(1).Bytes(update);
        }

        Report(script, Fresh, ReportParts.Bytes | ReportParts.Content);
        script.Raw(byteWork);
        script.Byte((int)Command.Clear);
    }

    public static void Check(Side[] owners, bool cut, bool exact, IReadOnlyList<byte[]> yjs, IReadOnlyList<byte[]> engine)
    {
        var answers = new[] { new Queue<byte[]>(yjs), new Queue<byte[]>(engine) };
        var replicas = owners.Select(owner => Plain(answers[(int)owner])).ToArray();
        var relays = answers.Select(Whole).ToArray();
        AssertEqual(relays, exact);

        foreach (var (replica, owner) in replicas.Zip(owners))
        {
            Assert.Equal("whole", replica[0]);
            Assert.True(replica[1] == relays[0][1], $"a state vector of {owner}: {replica[1]} is not {relays[0][1]}");
            Assert.True(replica[2] == relays[0][4], $"a snapshot of {owner}: {replica[2]} is not {relays[0][4]}");
            // A pair that one replica cut for itself reads differently there: Yjs replicas differ among themselves too.
            Assert.True(cut || replica[3] == relays[0][^1], $"content of {owner}:\n{replica[3]}\nis not\n{relays[0][^1]}");
        }

        foreach (var side in answers)
        {
            side.Dequeue();
        }

        Assert.Equal(Convert.ToHexString(answers[0].Dequeue()), Convert.ToHexString(answers[1].Dequeue()));
        var (theirs, ours) = (Whole(answers[0]), Whole(answers[1]));
        // Yjs' clean-up may delete formats that hold, where all comes in one transaction: then Yjs' replicas differ among themselves
        // (SEED=12013512: an attribute of a root's text is gone from the one that heard everything in reverse), and ours is held against its relay.
        AssertEqual([exact || theirs[^1] == ours[^1] ? theirs : relays[0], ours], exact);
        Assert.Equal(answers[0].Select(Convert.ToHexStringLower), answers[1].Select(Convert.ToHexStringLower));
    }

    /// <summary>Where nested texts had formats, Yjs' clean-up may have cut and deleted what changes no content.</summary>
    private static void AssertEqual(string[][] reports, bool exact)
    {
        foreach (var part in exact ? Enumerable.Range(0, reports[0].Length) : [0, 1, reports[0].Length - 1])
        {
            var (theirs, ours) = (reports[0][part], reports[1][part]);
            Assert.True(theirs == ours, $"the untyped replicas differ in part {part}:\nyjs    {theirs}\nengine {ours}");
        }
    }

    private static string[] Plain(Queue<byte[]> answers) => [Text(answers), Hex(answers), Hex(answers), Content(answers)];

    private static string[] Whole(Queue<byte[]> answers) =>
        [Text(answers), Hex(answers), Hex(answers), Hex(answers), Hex(answers), Content(answers)];

    private static string Text(Queue<byte[]> answers) => Encoding.UTF8.GetString(answers.Dequeue());

    private static string Hex(Queue<byte[]> answers) => Convert.ToHexStringLower(answers.Dequeue());

    private static string Content(Queue<byte[]> answers) => Encoding.Unicode.GetString(answers.Dequeue());

    private static void Report(ScriptWriter script, int replica, ReportParts parts) =>
        script.Byte((int)Command.Report).Uint(replica).Byte((int)parts);
}
