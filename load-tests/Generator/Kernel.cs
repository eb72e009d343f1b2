using System.Runtime.InteropServices;

namespace SessionRoom.LoadTests.Generator;

/// <summary>The few calls of Linux that a connection costs here: no task, no thread of a pool, no allocation for each.</summary>
internal static unsafe partial class Kernel
{
    public const uint Readable = 0x1, Writable = 0x4, Broken = 0x8 | 0x10;
    public const int Add = 1, Remove = 2, Change = 3, Again = 11, Interrupted = 4;
    private const int DontWait = 0x40, NoSignal = 0x4000, CloseOnExec = 0x80000;

    // The kernel packs the struct on x86-64 and on nothing else.
    private static readonly int Stride = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16, DataAt = Stride - 8;

    public static int CreatePoll() => Checked(EpollCreate(CloseOnExec));

    public static void Control(int poll, int operation, int socket, uint events)
    {
        var entry = stackalloc byte[16];
        *(uint*)entry = events;
        *(long*)(entry + DataAt) = socket;
        Checked(EpollControl(poll, operation, socket, entry));
    }

    /// <summary>Waits, as precisely as the kernel can, until something is ready or the time is over.</summary>
    /// <returns>How many of <paramref name="ready"/> are filled.</returns>
    public static int Wait(int poll, Span<(int Socket, uint Events)> ready, TimeSpan most)
    {
        var entries = stackalloc byte[ready.Length * Stride];
        var nanoseconds = Math.Max(0, most.Ticks) * 100;
        var time = stackalloc long[] { nanoseconds / 1_000_000_000, nanoseconds % 1_000_000_000 };
        var count = EpollWait(poll, entries, ready.Length, time, null);
        if (count < 0) return Marshal.GetLastPInvokeError() == Interrupted ? 0 : throw Failure();
        for (var i = 0; i < count; i++) ready[i] = ((int)*(long*)(entries + (i * Stride) + DataAt), *(uint*)(entries + (i * Stride)));
        return count;
    }

    /// <returns>How many bytes came; 0 at the end of the stream, -1 when there are none now, -2 when the connection broke.</returns>
    public static int Receive(int socket, Span<byte> into)
    {
        fixed (byte* at = into)
        {
            var count = (int)Receive(socket, at, (nuint)into.Length, DontWait);
            return count >= 0 ? count : Marshal.GetLastPInvokeError() is Again or Interrupted ? -1 : -2;
        }
    }

    /// <returns>How many bytes the kernel took; -2 when the connection broke.</returns>
    public static int Send(int socket, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* at = bytes)
        {
            var count = (int)Send(socket, at, (nuint)bytes.Length, DontWait | NoSignal);
            return count >= 0 ? count : Marshal.GetLastPInvokeError() is Again or Interrupted ? 0 : -2;
        }
    }

    private static int Checked(int answer) => answer >= 0 ? answer : throw Failure();

    private static IOException Failure() => new($"epoll: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EpollControl(int poll, int operation, int socket, byte* entry);

    [LibraryImport("libc", EntryPoint = "epoll_pwait2", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EpollWait(int poll, byte* entries, int most, long* time, void* signals);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Receive(int socket, byte* into, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Send(int socket, byte* bytes, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Close(int descriptor);
}
