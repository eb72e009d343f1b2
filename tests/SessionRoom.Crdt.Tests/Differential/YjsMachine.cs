namespace SessionRoom.Crdt.Tests.Differential;

/// <summary>Runs scripts over Yjs documents, many histories to a frame.</summary>
internal sealed class YjsMachine : IDisposable
{
    private readonly YjsPeer _peer = new();

    /// <summary>Runs one script per history. Its replicas live until a script of the same history clears them.</summary>
    public ScriptAnswers[] Run((int History, byte[] Script)[] scripts)
    {
        var request = new ScriptWriter().Uint(scripts.Length);
        foreach (var (history, script) in scripts)
        {
            request.Uint(history).Bytes(script);
        }

        var reader = new ScriptReader(_peer.Ask(request.Written));
        var answers = new ScriptAnswers[scripts.Length];
        for (var i = 0; i < answers.Length; i++)
        {
            var failure = reader.String();
            var values = new byte[reader.Int()][];
            for (var v = 0; v < values.Length; v++)
            {
                values[v] = reader.Bytes();
            }

            answers[i] = new ScriptAnswers(failure, values);
        }

        return answers;
    }

    public ScriptAnswers Run(byte[] script) => Run([(0, script)])[0];

    public void Dispose() => _peer.Dispose();
}
