using System.Buffers.Binary;
using System.Diagnostics;

namespace SessionRoom.Crdt.Tests.Differential;

/// <summary>A Node child process that runs a script of tests/peers over frames: u32 little-endian length, payload.</summary>
internal sealed class YjsPeer : IDisposable
{
    private readonly Process _process;
    private readonly Stream _input;
    private readonly Stream _output;

    public YjsPeer(string script = "crdt/peer.mjs", params string[] nodeOptions)
    {
        var folder = Path.Combine(Repository.Root, "tests", "peers");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "yjs")))
        {
            throw new InvalidOperationException("The real Yjs is missing: run `npm ci --prefix tests/peers`.");
        }

        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var option in nodeOptions)
        {
            start.ArgumentList.Add(option);
        }

        start.ArgumentList.Add(script);
        _process = Process.Start(start)!;
        _input = _process.StandardInput.BaseStream;
        _output = _process.StandardOutput.BaseStream;
    }

    /// <summary>The processor time that the process has taken so far, on all its threads.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Sends one frame and waits for its answer.</summary>
    /// <exception cref="EndOfStreamException">The process ended.</exception>
    public byte[] Ask(ReadOnlySpan<byte> request)
    {
        Span<byte> head = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(head, request.Length);
        _input.Write(head);
        _input.Write(request);
        _input.Flush();
        _output.ReadExactly(head);
        var answer = new byte[BinaryPrimitives.ReadInt32LittleEndian(head)];
        _output.ReadExactly(answer);
        return answer;
    }

    /// <summary>Closing its standard input ends the process; only this process is ended if it does not.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
