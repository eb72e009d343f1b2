using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using SessionRoom.Domain;
using Xunit.Abstractions;

namespace SessionRoom.Rooms.Tests;

/// <summary>A process under load is killed at random points. <c>CRASH_ROUNDS=50</c> for the long run.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private static readonly TimeSpan RoundPatience = TimeSpan.FromMinutes(2);
    private static readonly Actor Maker = Actor.Key("maker");

    [Fact]
    public async Task after_a_kill_every_answered_command_is_there_once()
    {
        var (seed, rounds) = (Some.Seed, int.TryParse(Environment.GetEnvironmentVariable("CRASH_ROUNDS"), out var asked) ? asked : 3);
        output.WriteLine($"SEED={seed} CRASH_ROUNDS={rounds}");
        var random = new Random(seed);
        using var folder = new TemporaryFolder();
        var effects = new int[CrashChild.Rooms];
        await MakeRoomsAsync(folder.Path);
        var (answered, missing, twice) = (0, 0, 0);
        for (var round = 0; round < rounds; round++)
        {
            var answers = await KillAfterAsync(folder.Path, round, random.Next(1, 3_000)).WaitAsync(RoundPatience);
            answered += answers.Count;
            var (lost, doubled) = await ReopenAsync(folder.Path, round, answers, effects);
            (missing, twice) = (missing + lost, twice + doubled);
        }
        output.WriteLine($"{rounds} kills, {answered} answered commands, {missing} missing, {twice} done twice");
        Assert.Equal((0, 0), (missing, twice));
    }

    private sealed record Printed(int Room, int Caller, int Count, long Seq);

    private static async Task MakeRoomsAsync(string directory)
    {
        await using var log = SqliteRoomLog.Open(CrashChild.Options(directory), NullLogger.Instance);
        await using var rooms = Directory(log, directory);
        for (var number = 0; number < CrashChild.Rooms; number++)
        {
            Assert.Null(await rooms.CreateAsync(Some.Room(CrashChild.RoomId(number)), Maker, default));
            var room = (await rooms.OpenAsync(CrashChild.RoomId(number), default))!;
            await room.Does(Some.Key, new StartTimer(CrashChild.StartMs)).Done();
            await room.Does(Some.Key, new PauseTimer()).Done();
        }
    }

    private static RoomDirectory Directory(IRoomLog log, string directory) =>
        new(log, null, new CrashChild.NoAudience(), CrashChild.Options(directory), TimeProvider.System, NullLogger<RoomDirectory>.Instance);

    /// <summary>What the child had answered when it was killed, which is once it has printed so many answers.</summary>
    private static async Task<List<Printed>> KillAfterAsync(string directory, int round, int answers)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
            ArgumentList = { "exec", typeof(CrashChild).Assembly.Location, "crash", directory, $"{round}" },
        };
        using var child = Process.Start(start)!;
        var errors = child.StandardError.ReadToEndAsync();
        Assert.True(await child.StandardOutput.ReadLineAsync() == CrashChild.Ready, await ErrorsOf(child, errors));
        var printed = new List<Printed>();
        while (await child.StandardOutput.ReadLineAsync() is { } line)
        {
            // The last line may have been cut.
            if (line.Split(' ') is [var room, var caller, var count, var seq, "."]) printed.Add(new(int.Parse(room), int.Parse(caller), int.Parse(count), long.Parse(seq)));
            if (printed.Count == answers) child.Kill();
        }
        await child.WaitForExitAsync();
        Assert.True(printed.Count >= answers, await errors);
        return printed;
    }

    private static async Task<string> ErrorsOf(Process child, Task<string> errors)
    {
        if (!errors.IsCompleted && child.HasExited) return await errors;
        return errors.IsCompleted ? await errors : "the child did not say that it was ready";
    }

    /// <summary>Counts what is missing and what was done twice; asks again for what was in flight.</summary>
    private static async Task<(int Missing, int Twice)> ReopenAsync(string directory, int round, List<Printed> answers, int[] effects)
    {
        await using var log = SqliteRoomLog.Open(CrashChild.Options(directory), NullLogger.Instance);
        await using var rooms = Directory(log, directory);
        var (missing, twice) = (0, 0);
        for (var number = 0; number < CrashChild.Rooms; number++)
        {
            var room = (await rooms.OpenAsync(CrashChild.RoomId(number), default))!;
            var mine = answers.Where(answer => answer.Room == number).ToList();
            foreach (var answer in mine.TakeLast(1_500))
                if (room.Current.State.Answers.Find($"key:k{answer.Caller}", CrashChild.CommandId(round, answer.Count))?.Seq != answer.Seq) missing++;
            var atLeast = effects[number] + mine.Count;
            missing += Math.Max(0, atLeast - Effects(room));
            twice += Math.Max(0, Effects(room) - atLeast - CrashChild.Callers);

            for (var caller = 0; caller < CrashChild.Callers; caller++)
            {
                var sent = mine.Where(answer => answer.Caller == caller).ToList();
                if (sent is [.., var last])
                    Assert.Equal(last.Seq, (await room.Does(Caller.Key($"k{caller}"), new ExtendTimer(1), CrashChild.CommandId(round, last.Count)).Done()).Seq);
                // The one that may have been in flight: whether it had landed or not, now it has, once.
                await room.Does(Caller.Key($"k{caller}"), new ExtendTimer(1), CrashChild.CommandId(round, sent.Count)).Done();
            }
            effects[number] += mine.Count + CrashChild.Callers;
            missing += Math.Max(0, effects[number] - Effects(room));
            twice += Math.Max(0, Effects(room) - effects[number]);
        }
        return (missing, twice);
    }

    private static int Effects(LiveRoom room) => (int)(room.Current.State.Timer.DurationMs!.Value - CrashChild.StartMs);
}
