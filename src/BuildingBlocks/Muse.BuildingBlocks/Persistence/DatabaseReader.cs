using Microsoft.Data.Sqlite;

namespace Muse.BuildingBlocks.Persistence;

/// <summary>
/// A connection that only reads and keeps its statements prepared, for the reads that every page waits for
/// (docs/adr/0019). Not thread-safe; from <see cref="MuseDatabase.Read"/>.
/// </summary>
public sealed class DatabaseReader : IDisposable
{
    /// <summary>Filters make many statements; beyond this they are prepared again.</summary>
    private const int MostStatements = 64;
    private readonly SqliteConnection _connection;
    private readonly MuseDatabase _database;
    private readonly Dictionary<string, PreparedStatement> _statements = new(StringComparer.Ordinal);

    internal DatabaseReader(SqliteConnection connection, MuseDatabase database) => (_connection, _database) = (connection, database);

    /// <param name="sql">Constant text with <c>?</c> for each value; never text from outside.</param>
    /// <returns>A statement of this reader: bind, run, and do not dispose it.</returns>
    public PreparedStatement Query(string sql)
    {
        if (_statements.TryGetValue(sql, out var known))
        {
            return known;
        }

        if (_statements.Count >= MostStatements)
        {
            DisposeStatements();
        }

        return _statements[sql] = new PreparedStatement(_connection, sql);
    }

    /// <summary>Gives the connection back.</summary>
    public void Dispose() => _database.Return(this);

    internal void Close()
    {
        DisposeStatements();
        _connection.Dispose();
    }

    private void DisposeStatements()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _statements.Clear();
    }
}
