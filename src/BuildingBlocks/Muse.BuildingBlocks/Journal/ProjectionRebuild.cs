using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore;
using Muse.BuildingBlocks.Modules;
using Muse.BuildingBlocks.Persistence;
using Muse.Contracts;

namespace Muse.BuildingBlocks.Journal;

/// <summary>
/// New rows of a module whose projection version was raised, made beside the old ones, which are served until the new are
/// complete. They live in temporary tables of one connection: there an unqualified name means the temporary table, so
/// that projections need not know. A crash loses them, and the next start begins again (docs/adr/0015).
/// </summary>
internal sealed class ProjectionRebuild : IDisposable
{
    private readonly ModuleDefinition _module;
    private readonly IReadOnlyList<string> _tables;
    private readonly long _from;

    private ProjectionRebuild(SqliteConnection connection, ModuleDefinition module, IReadOnlyList<string> tables, long from) =>
        (Connection, _module, _tables, _from) = (connection, module, tables, from);

    /// <summary>Where the new rows are written.</summary>
    public SqliteConnection Connection { get; }

    /// <param name="from">Number of the last fact recorded before the sources began to make theirs again.</param>
    public static ProjectionRebuild Start(MuseDatabase database, ModuleDefinition module, ModuleDbContext context, long from)
    {
        // Not pooled: the temporary tables end with the connection.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ToString());
        connection.Open();
        MuseDatabase.Configure(connection);
        // A whole archive's figures do not belong in memory.
        Execute(connection, "PRAGMA temp_store = FILE");
        List<string> tables =
            [.. context.Model.GetEntityTypes().Where(e => e.ClrType.IsAssignableTo(typeof(IProjected))).Select(e => e.GetTableName()!)];
        foreach (var statement in tables.SelectMany(table => Definitions(connection, table)).ToList())
        {
            Execute(connection, statement);
        }

        return new ProjectionRebuild(connection, module, tables, from);
    }

    /// <summary>False for a fact that its owner makes again: it was read by the rules of before.</summary>
    public bool Wants(long seq, IFact fact) => seq > _from || !fact.GetType().GetCustomAttribute<FactNameAttribute>()!.CanBeMadeAgain;

    /// <summary>Puts the new rows in the place of the old. For the holder of the write gate.</summary>
    public void Finish(long position)
    {
        using var transaction = Connection.BeginTransaction(deferred: false);
        foreach (var table in _tables)
        {
            Execute(Connection, $"DELETE FROM main.{table}; INSERT INTO main.{table} SELECT * FROM temp.{table}");
        }

        using (var cursor = new PreparedStatement(Connection, "UPDATE muse_cursors SET seq = ?, version = ? WHERE consumer = ?"))
        {
            cursor.Bind(position).Bind(_module.ProjectionVersion).Bind(_module.Name).Execute();
        }

        transaction.Commit();
    }

    public void Dispose() => Connection.Dispose();

    /// <summary>The statements that make an empty temporary copy of a table with its indexes.</summary>
    private static IEnumerable<string> Definitions(SqliteConnection connection, string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT type, sql FROM main.sqlite_master WHERE tbl_name = $table AND type IN ('table', 'index') AND sql IS NOT NULL ORDER BY type = 'index'";
        command.Parameters.AddWithValue("$table", table);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var sql = reader.GetString(1);
            var name = sql.IndexOf('"', StringComparison.Ordinal);
            yield return $"{sql[..name]}temp.{sql[name..]}";
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
