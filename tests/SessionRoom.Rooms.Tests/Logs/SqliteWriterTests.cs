using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace SessionRoom.Rooms.Tests;

public sealed class SqliteWriterTests : IDisposable
{
    private readonly SqliteConnection connection = new("Data Source=:memory:");

    public void Dispose() => connection.Dispose();

    [Fact]
    public async Task a_connection_that_is_gone_fails_every_write_and_leaves_none_waiting()
    {
        await using var writer = Open(new Logger());
        var writes = await WaitingAsync(writer);
        foreach (var write in writes) await Assert.ThrowsAsync<RoomLogException>(() => write.WaitAsync(Some.Patience));
        await Assert.ThrowsAsync<RoomLogException>(() => writer.DoAsync(statements => statements.Probe(), default).WaitAsync(Some.Patience));
    }

    [Fact]
    public async Task a_mistake_of_the_writer_itself_fails_what_waits_and_what_comes()
    {
        await using var writer = Open(new Logger { ThrowsOnce = true });
        var writes = await WaitingAsync(writer);
        foreach (var write in writes) await Assert.ThrowsAsync<RoomLogException>(() => write.WaitAsync(Some.Patience));
        await Assert.ThrowsAsync<RoomLogException>(() => writer.DoAsync(statements => statements.Probe(), default).WaitAsync(Some.Patience));
    }

    private SqliteWriter Open(Logger logger)
    {
        connection.Open();
        SqliteSchema.Prepare(connection);
        return new(connection, new("Data Source=:memory:"), mostPerTransaction: 4, logger);
    }

    /// <summary>Writes in one transaction and behind it, the first of which takes the connection away.</summary>
    private async Task<List<Task<bool>>> WaitingAsync(SqliteWriter writer)
    {
        using var gate = new ManualResetEventSlim();
        var held = new TaskCompletionSource();
        var holding = writer.DoAsync(_ =>
        {
            held.TrySetResult();
            return gate.Wait(Some.Patience);
        }, default);
        await held.Task.WaitAsync(Some.Patience);
        var writes = Enumerable.Range(0, 10).Select(number => writer.DoAsync(_ =>
        {
            if (number == 0) connection.Dispose();
            return true;
        }, default)).ToList();
        gate.Set();
        await holding.WaitAsync(Some.Patience);
        return writes;
    }

    private sealed class Logger : ILogger
    {
        public bool ThrowsOnce { get; set; }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!ThrowsOnce) return;
            ThrowsOnce = false;
            throw new IOException("the log file is full");
        }
    }
}
