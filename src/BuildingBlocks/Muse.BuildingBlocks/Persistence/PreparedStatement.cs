using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Muse.BuildingBlocks.Persistence;

/// <summary>
/// One statement, compiled once and run many times with positional values. For paths that write hundreds of thousands
/// of rows a second: ADO.NET parameters cost about twice as much (docs/adr/0011). Not thread-safe.
/// </summary>
public sealed class PreparedStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private int _next = 1;

    /// <param name="connection">Open; must outlive the statement.</param>
    /// <param name="sql">With <c>?</c> for each value, bound in order.</param>
    public PreparedStatement(SqliteConnection connection, string sql)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _database = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        Check(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>Binds the next value.</summary>
    public PreparedStatement Bind(long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, _next++, value));
        return this;
    }

    /// <inheritdoc cref="Bind(long)" />
    public PreparedStatement Bind(long? value) => value is { } known ? Bind(known) : BindNull();

    /// <inheritdoc cref="Bind(long)" />
    public PreparedStatement Bind(string? value)
    {
        if (value is null)
        {
            return BindNull();
        }

        Check(raw.sqlite3_bind_text(_statement, _next++, value));
        return this;
    }

    /// <inheritdoc cref="Bind(long)" />
    public PreparedStatement Bind(ReadOnlySpan<byte> blob)
    {
        Check(raw.sqlite3_bind_blob(_statement, _next++, blob));
        return this;
    }

    /// <summary>Runs the statement with the values bound since the last run.</summary>
    /// <returns>Rows changed.</returns>
    public int Execute()
    {
        var code = raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
        _next = 1;
        if (code is not (raw.SQLITE_DONE or raw.SQLITE_ROW))
        {
            Check(code);
        }

        return raw.sqlite3_changes(_database);
    }

    /// <inheritdoc />
    public void Dispose() => _statement.Dispose();

    private PreparedStatement BindNull()
    {
        Check(raw.sqlite3_bind_null(_statement, _next++));
        return this;
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            _next = 1;
            throw new SqliteException(raw.sqlite3_errmsg(_database).utf8_to_string(), code & 0xff, code);
        }
    }
}
