using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Muse.BuildingBlocks.Persistence;

/// <summary>
/// One statement, compiled once and run many times with positional values. For paths that write hundreds of thousands
/// of rows a second, or that every page waits for: ADO.NET parameters cost about twice as much, EF many times
/// (docs/adr/0011, 0019). Not thread-safe.
/// </summary>
public sealed class PreparedStatement : IDisposable
{
    private const int SmallText = 256;
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

        // Most texts are a line of preview; SQLite copies them.
        Span<byte> small = stackalloc byte[SmallText * 3];
        Check(value.Length <= SmallText
            ? raw.sqlite3_bind_text(_statement, _next++, small[..Encoding.UTF8.GetBytes(value, small)])
            : raw.sqlite3_bind_text(_statement, _next++, value));
        return this;
    }

    /// <inheritdoc cref="Bind(long)" />
    public PreparedStatement Bind(ReadOnlySpan<byte> blob)
    {
        Check(raw.sqlite3_bind_blob(_statement, _next++, blob));
        return this;
    }

    /// <summary>Binds the next value, a text that is UTF-8 already.</summary>
    public PreparedStatement BindUtf8(ReadOnlySpan<byte> text)
    {
        Check(raw.sqlite3_bind_text(_statement, _next++, text));
        return this;
    }

    /// <summary>Runs the statement with the values bound since the last run.</summary>
    /// <returns>Rows changed.</returns>
    public int Execute()
    {
        try
        {
            Step();
        }
        finally
        {
            Rewind();
        }

        return raw.sqlite3_changes(_database);
    }

    /// <summary>Runs the query with the values bound since the last run; all its rows.</summary>
    /// <param name="row">Makes a row of the current columns, see <see cref="Text"/> and its like.</param>
    public List<T> All<T>(Func<PreparedStatement, T> row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var all = new List<T>();
        try
        {
            while (Step())
            {
                all.Add(row(this));
            }
        }
        finally
        {
            Rewind();
        }

        return all;
    }

    /// <summary>The same, the first row only; null if there is none.</summary>
    public T? First<T>(Func<PreparedStatement, T> row)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(row);
        try
        {
            return Step() ? row(this) : null;
        }
        finally
        {
            Rewind();
        }
    }

    /// <summary>The same, row after row until <paramref name="row"/> returns false: what is not asked for is not looked up.</summary>
    public void Each(Func<PreparedStatement, bool> row)
    {
        ArgumentNullException.ThrowIfNull(row);
        try
        {
            while (Step() && row(this))
            {
            }
        }
        finally
        {
            Rewind();
        }
    }

    /// <summary>The number in the first column of the first row; 0 if there is none.</summary>
    public long FirstNumber()
    {
        try
        {
            return Step() ? Number(0) : 0;
        }
        finally
        {
            Rewind();
        }
    }

    /// <summary>The number in a column of the current row, counted from 0; 0 for null.</summary>
    public long Number(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <inheritdoc cref="Number" />
    public int Int(int column) => raw.sqlite3_column_int(_statement, column);

    /// <summary>The number in a column of the current row, or null.</summary>
    public long? NumberOrNull(int column) => IsNull(column) ? null : Number(column);

    /// <summary>The text in a column of the current row; empty for null.</summary>
    public string Text(int column) => TextOrNull(column) ?? "";

    /// <summary>The text in a column of the current row, or null.</summary>
    public string? TextOrNull(int column) => IsNull(column) ? null : raw.sqlite3_column_text(_statement, column).utf8_to_string();

    /// <summary>The bytes in a column of the current row; empty for null.</summary>
    public byte[] Bytes(int column) => raw.sqlite3_column_blob(_statement, column).ToArray();

    /// <inheritdoc />
    public void Dispose() => _statement.Dispose();

    private bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    private bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code is not (raw.SQLITE_DONE or raw.SQLITE_ROW))
        {
            Check(code);
        }

        return code == raw.SQLITE_ROW;
    }

    private void Rewind()
    {
        raw.sqlite3_reset(_statement); // ends the read, which would keep the log from being emptied
        _next = 1;
    }

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
