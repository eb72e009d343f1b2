using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace SessionRoom.Rooms;

/// <summary>Copies the write-ahead log back into the database on a thread of its own, over a connection of its own: no write waits for the disk meanwhile.</summary>
/// <remarks>sqlite.org/wal.html, "Checkpointing". The log begins anew only behind a copy during which nothing was written. Under a load that leaves no such moment the writer
/// copies the little that is left.</remarks>
internal sealed class SqliteCheckpoints(SqliteConnection writer, SqliteConnection own, ILogger logger) : IDisposable
{
    // 16 MB: pages that many commits in a row rewrite are copied back once.
    private const int Due = 4_096;
    private const int Passes = 3;

    private long written, since;
    private Thread? copying;
    private volatile bool owed, ends;

    /// <summary>The writer has committed; called by it.</summary>
    public void Committed()
    {
        // Pages that this connection wrote; each went into the log.
        SQLitePCL.raw.sqlite3_db_status(writer.Handle, SQLitePCL.raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, resetFlg: 0);
        Volatile.Write(ref written, pages);
        if (owed)
        {
            owed = false;
            Copy(writer);
        }
        else if (pages - since >= Due && copying is not { IsAlive: true })
        {
            since = pages;
            copying = new(CopyAside) { IsBackground = true, Name = "SQLite checkpoint" };
            copying.Start();
        }
    }

    /// <summary>Ends what is being copied: SQLite refuses a second checkpoint beside it at once, however long its patience is.</summary>
    public void End()
    {
        ends = true;
        copying?.Join();
        ends = false;
    }

    private void CopyAside()
    {
        for (var pass = 0; pass < Passes && !ends; pass++)
        {
            var before = Volatile.Read(ref written);
            if (!Copy(own) || Volatile.Read(ref written) == before) return;
        }
        owed = true;
    }

    private bool Copy(SqliteConnection connection)
    {
        try
        {
            SqliteSchema.Run(connection, "PRAGMA wal_checkpoint(PASSIVE)");
            return true;
        }
        catch (Exception problem)
        {
            Log.CheckpointFailed(logger, problem);
            return false;
        }
    }

    public void Dispose()
    {
        End();
        own.Dispose();
    }
}
