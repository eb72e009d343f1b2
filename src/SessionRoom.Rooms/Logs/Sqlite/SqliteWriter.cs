using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace SessionRoom.Rooms;

/// <summary>The one writer of a database: it takes what waits from all rooms into one transaction.</summary>
/// <remarks>Under load the transactions grow and the cost of a commit is shared. A write completes after its commit.</remarks>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteStatements statements;
    private readonly SqliteCheckpoints checkpoints;
    private readonly Channel<Write> inbox = Channel.CreateUnbounded<Write>(new() { SingleReader = true });
    private readonly int mostPerTransaction;
    private readonly ILogger logger;
    private readonly Task running;
    private bool truncationOwed;

    /// <param name="aside">A second connection to the same database, for checkpoints.</param>
    public SqliteWriter(SqliteConnection connection, SqliteConnection aside, int mostPerTransaction, ILogger logger)
    {
        (this.connection, this.mostPerTransaction, this.logger) = (connection, mostPerTransaction, logger);
        (statements, checkpoints) = (new(connection), new(connection, aside, logger));
        running = Task.Run(RunAsync);
    }

    /// <param name="erases">Whether removed bytes are to leave the write-ahead log too before the write completes.</param>
    public Task<T> DoAsync<T>(Func<SqliteStatements, T> work, CancellationToken cancel, bool erases = false)
    {
        var write = new Write<T>(work) { Erases = erases };
        if (!inbox.Writer.TryWrite(write)) return Task.FromException<T>(new RoomLogException("the log is closed"));
        return cancel.CanBeCanceled ? write.Done.WaitAsync(cancel) : write.Done;
    }

    /// <summary>Commits what waits, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        inbox.Writer.TryComplete();
        await running;
        statements.Dispose();
        checkpoints.Dispose();
        await connection.DisposeAsync();
    }

    private async Task RunAsync()
    {
        var group = new List<Write>();
        try
        {
            while (await inbox.Reader.WaitToReadAsync())
            {
                while (group.Count < mostPerTransaction && inbox.Reader.TryRead(out var write)) group.Add(write);
                Commit(group);
                group.Clear();
            }
        }
        catch (Exception problem)
        {
            // Nothing is known to lead here; should something, nobody may be left waiting, and the log is closed.
            inbox.Writer.TryComplete();
            while (inbox.Reader.TryRead(out var write)) group.Add(write);
            foreach (var write in group) write.Fail(problem);
            Log.WriterFailed(logger, problem);
        }
    }

    private void Commit(List<Write> group)
    {
        try
        {
            statements.Begin();
            foreach (var write in group) write.Run(statements);
            statements.Commit();
        }
        catch (Exception problem)
        {
            Rollback();
            // A record that cannot be stored must not fail those of other rooms; a disk that cannot be written fails all of them at once.
            if (group.Count > 1 && IsOfOneWrite(problem))
                foreach (var write in group) Commit([write]);
            else
                foreach (var write in group) write.Fail(problem);
            return;
        }
        if (truncationOwed || group.Exists(write => write.Erases)) TruncateWal();
        foreach (var write in group) write.Complete();
        checkpoints.Committed();
    }

    private void Rollback()
    {
        try { statements.Rollback(); }
        catch (Exception problem) { Log.RollbackFailed(logger, problem); }
    }

    private static bool IsOfOneWrite(Exception problem) =>
        problem is not SqliteException sqlite || sqlite.SqliteErrorCode is SQLitePCL.raw.SQLITE_CONSTRAINT or SQLitePCL.raw.SQLITE_TOOBIG or SQLitePCL.raw.SQLITE_MISMATCH;

    /// <summary>Copies the zeroed pages into the database and empties the write-ahead log; a reader that holds it makes this wait for the next commit.</summary>
    private void TruncateWal()
    {
        truncationOwed = true;
        try
        {
            checkpoints.End();
            using var checkpoint = connection.CreateCommand();
            checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            truncationOwed = checkpoint.ExecuteScalar() is not 0L;
        }
        catch (Exception problem) { Log.CheckpointFailed(logger, problem); }
    }

    private abstract class Write
    {
        public bool Erases { get; init; }
        public abstract void Run(SqliteStatements statements);
        public abstract void Complete();
        public abstract void Fail(Exception problem);
    }

    private sealed class Write<T>(Func<SqliteStatements, T> work) : Write
    {
        private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? result;

        public Task<T> Done => done.Task;
        public override void Run(SqliteStatements statements) => result = work(statements);
        public override void Complete() => done.TrySetResult(result!);
        public override void Fail(Exception problem) => done.TrySetException(problem as RoomLogException ?? new RoomLogException("the log could not be written", problem));
    }
}
