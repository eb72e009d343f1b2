using System.Globalization;
using SessionRoom.Crdt.Tests.Differential;
using Xunit.Abstractions;

namespace SessionRoom.Crdt.Tests.Hostile;

/// <summary>
/// Damaged updates through everything that reads bytes. MUTATIONS sets how many, SEED which.
/// </summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    // What one damaged update of at most 64 kB may take of the processor. The slowest that is sound needs far less.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly UpdateLimits Limits = new() { MaxPendingBytes = 1 << 16, MaxSteps = 100_000 };

    [Fact]
    public void No_damaged_update_throws_hangs_or_changes_a_document_that_refused_it()
    {
        var seed = Batches.Replayed ?? Batches.FirstSeed;
        var count = long.TryParse(Environment.GetEnvironmentVariable("MUTATIONS"), CultureInfo.InvariantCulture, out var asked) ? asked : 50_000;
        var (v1, v2) = Corpus(seed);
        var random = new Random(seed);
        var (first, second) = (new Mutator(random, v1), new Mutator(random, v2));
        var victim = new Victim(v1);
        var worst = TimeSpan.Zero;
        for (long i = 0; i < count; i++)
        {
            if (i % 400 == 0)
            {
                victim.Renew(random);
            }

            var start = Environment.CpuUsage.TotalTime;
            var update = (i % 5 == 4 ? second : first).Next();
            try
            {
                victim.Suffer(update, isV2: i % 5 == 4);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"SEED={seed}, mutation {i} {(i % 5 == 4 ? "v2" : "v1")}: {Convert.ToHexStringLower(update)}", error);
            }

            var took = Environment.CpuUsage.TotalTime - start;
            Assert.True(took < Patience, $"SEED={seed}, mutation {i} took {took}: {Convert.ToHexStringLower(update)}");
            worst = took > worst ? took : worst;
        }

        output.WriteLine($"{count} damaged updates from SEED={seed}: {victim.Applied} applied, {victim.Refused} refused; the slowest took {worst.TotalMilliseconds:F1} ms");
        Assert.True(victim.Applied > count / 100 && victim.Refused > count / 10, "the mutations hit only one side of validation");
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true), 0, 256 << 20);
    }

    /// <summary>Updates and full states that Yjs wrote in the course of random histories.</summary>
    private static (List<byte[]> V1, List<byte[]> V2) Corpus(int seed)
    {
        using var yjs = new YjsMachine();
        var (v1, v2) = (new List<byte[]>(), new List<byte[]>());
        foreach (var answers in yjs.Run([.. Enumerable.Range(0, 60).Select(i => (i, CorpusScript(seed + i)))]))
        {
            Assert.Equal("", answers.Failure);
            var sent = int.Parse(System.Text.Encoding.ASCII.GetString(answers.Values[0]));
            for (var i = 0; i < sent; i++)
            {
                v1.Add(answers.Values[1 + (2 * i)]);
                v2.Add(answers.Values[2 + (2 * i)]);
            }

            v1.Add(answers.Values[^2]);
            v2.Add(answers.Values[^1]);
        }

        return (v1, v2);
    }

    private static byte[] CorpusScript(int seed)
    {
        var script = new ScriptWriter();
        var random = new Random(seed);
        var edits = new RandomEdits(random, script, EditMix.Everything);
        // Few client ids, so that damaged updates meet documents that know them.
        script.Byte((int)Command.Open).Uint(0).Uint(1 + (seed % 4)).Byte((int)(ReplicaKind.Typed | ReplicaKind.Collects));
        for (var i = 2 + random.Next(10); i > 0; i--)
        {
            script.Byte((int)Command.Transact).Uint(0).Uint(1);
            edits.WriteEdit();
        }

        script.Byte((int)Command.Take).Uint(0).Byte(0);
        script.Byte((int)Command.Report).Uint(0).Byte((int)(ReportParts.State | ReportParts.StateV2));
        script.Byte((int)Command.Clear);
        return script.Written.ToArray();
    }

    /// <summary>A document that damaged updates are thrown at, and what it is compared with.</summary>
    private sealed class Victim(List<byte[]> corpus)
    {
        private Doc _doc = new();
        private byte[] _state = [];
        private byte[] _other = [0, 0];

        public long Applied { get; private set; }

        public long Refused { get; private set; }

        public void Renew(Random random)
        {
            _doc = new Doc(new DocOptions { ClientId = 99, Limits = Limits, Gc = random.Next(4) > 0 });
            _doc.GetText("t").Insert(0, "stays");
            _other = corpus[random.Next(corpus.Count)];
            Assert.True(_doc.ApplyUpdate(_other).Accepted);
            _state = _doc.EncodeStateAsUpdate();
        }

        public void Suffer(ReadOnlySpan<byte> update, bool isV2)
        {
            var sound = (isV2 ? Updates.ValidateV2(update, Limits) : Updates.Validate(update, Limits)) is null;
            var v1 = isV2 ? Convert(update, sound) : update;
            if (sound)
            {
                ReadWithoutDocument(v1);
            }
            else if (!isV2)
            {
                MustRefuse(update.ToArray());
            }

            var result = isV2 ? _doc.ApplyUpdateV2(update) : _doc.ApplyUpdate(update);
            Assert.True(sound || !result.Accepted, "what does not validate was applied");
            if (result.Problem?.Reason == UpdateProblemReason.Failed)
            {
                Assert.Fail($"threw inside, was restored; gc {_doc.Gc}, the document before: {System.Convert.ToHexStringLower(_state)}");
            }

            if (result.Accepted)
            {
                Applied++;
                _state = _doc.EncodeStateAsUpdate();
                Assert.Null(Updates.Validate(_state));
            }
            else
            {
                Refused++;
                Assert.True(_state.AsSpan().SequenceEqual(_doc.EncodeStateAsUpdate()), $"refused with {result.Problem}, and changed");
            }
        }

        private static byte[] Convert(ReadOnlySpan<byte> update, bool sound)
        {
            if (sound)
            {
                var v1 = Updates.ConvertV2ToV1(update);
                Assert.Null(Updates.Validate(v1, Limits));
                return v1;
            }

            var copy = update.ToArray();
            Tolerate(() => Updates.ConvertV2ToV1(copy));
            return [];
        }

        private void ReadWithoutDocument(ReadOnlySpan<byte> update)
        {
            var bytes = update.ToArray();
            var vector = Updates.StateVector(bytes);
            Updates.DecodeStateVector(vector);
            Updates.Meta(bytes);
            Updates.Clients(bytes);
            Assert.Null(Updates.Validate(Updates.Diff(bytes, vector)));
            Assert.Null(Updates.Validate(Updates.Merge([bytes, _other])));
            Updates.ConvertV1ToV2(bytes);
        }

        /// <summary>A malformed update may be read as far as it is sound, or refused by the one exception that says so.</summary>
        private void MustRefuse(byte[] update)
        {
            Tolerate(() => Updates.StateVector(update));
            Tolerate(() => Updates.Meta(update));
            Tolerate(() => Updates.Clients(update));
            Tolerate(() => Updates.Diff(update, [0]));
            Tolerate(() => Updates.Merge([update, _other]));
            Tolerate(() => Updates.DecodeStateVector(update));
            Tolerate(() => Snapshot.Decode(update));
            Tolerate(() => RelativePosition.Decode(update));
        }

        private static void Tolerate(Action read)
        {
            try
            {
                read();
            }
            catch (FormatException)
            {
            }
        }
    }
}
