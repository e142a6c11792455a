using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Persistence;

namespace Muse.BuildingBlocks.Modules;

/// <summary>Brings the tables up to date before the host listens: journal, then each module, then the cursors.</summary>
public static class ModuleMigration
{
    /// <summary>Migrates every module. Cursors are written here, so that no new reaction misses a fact recorded later.</summary>
    public static async Task MigrateModulesAsync(this WebApplication app, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(app);
        var journal = app.Services.GetRequiredService<FactJournal>();
        await using var connection = app.Services.GetRequiredService<MuseDatabase>().Open();
        FactJournal.CreateTables(connection);
        journal.Open(connection);
        // Nobody else runs on this file yet: a lock row is what a killed migration left behind.
        Execute(connection, "DROP TABLE IF EXISTS __EFMigrationsLock");

        await using var scope = app.Services.CreateAsyncScope();
        foreach (var module in app.Services.GetServices<ModuleDefinition>())
        {
            MakeNew(connection, module);
            if (!IsUpToDate(connection, module) && module.Context(scope.ServiceProvider) is { } context)
            {
                await context.Database.MigrateAsync(ct);
            }

            SetCursors(connection, module, journal.Last, app.Services.GetServices<IFactSource>());
        }
    }

    /// <summary>
    /// Makes the tables of a module that has none by the script of all its migrations, which <c>./muse migrate</c> writes:
    /// working it out anew costs EF most of a second, and who starts Muse for the first time waits for it.
    /// </summary>
    private static void MakeNew(SqliteConnection connection, ModuleDefinition module)
    {
        if (HasHistory(connection, module) || module.ReadSchema() is not { } schema)
        {
            return;
        }

        Execute(connection, schema);
    }

    private static bool HasHistory(SqliteConnection connection, ModuleDefinition module) =>
        Scalar(connection, "SELECT count(*) FROM sqlite_master WHERE name = $name", module.MigrationHistory) > 0;

    /// <summary>
    /// Compares the last migration of the program with the last of the file. EF's own look costs a third of the start: it
    /// builds the model and takes a lock.
    /// </summary>
    private static bool IsUpToDate(SqliteConnection connection, ModuleDefinition module)
    {
        var newest = module.Assembly.GetTypes().Select(t => t.GetCustomAttribute<MigrationAttribute>()?.Id).Max(StringComparer.Ordinal);
        if (newest is null || !HasHistory(connection, module))
        {
            return false;
        }

        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT max(MigrationId) FROM {module.MigrationHistory}";
        return newest == command.ExecuteScalar() as string;
    }

    private static void SetCursors(
        SqliteConnection connection, ModuleDefinition module, long last, IEnumerable<IFactSource> sources)
    {
        using var transaction = connection.BeginTransaction();
        var known = Scalar(connection, "SELECT version FROM muse_cursors WHERE consumer = $name", module.Name);
        if (known is null)
        {
            Execute(connection, "INSERT INTO muse_cursors (consumer, seq, version) VALUES ($name, 0, $version)", module.Name, module.ProjectionVersion);
        }
        else if (known < module.ProjectionVersion)
        {
            // The rows stay until new ones are complete; the position keeps what is recorded from now on from being pruned.
            Execute(connection, "UPDATE muse_cursors SET seq = 0 WHERE consumer = $name", module.Name);
            foreach (var source in sources)
            {
                source.MakeAgain(connection);
            }
        }

        Execute(
            connection,
            "INSERT INTO muse_cursors (consumer, seq, version) VALUES ($name, $version, 1) ON CONFLICT DO NOTHING",
            module.Reactions,
            last);
        transaction.Commit();
    }

    private static void Execute(SqliteConnection connection, string sql, string? name = null, long version = 0)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        if (name is not null)
        {
            command.Parameters.AddWithValue("$name", name);
            command.Parameters.AddWithValue("$version", version);
        }

        command.ExecuteNonQuery();
    }

    private static long? Scalar(SqliteConnection connection, string sql, string name)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$name", name);
        return (long?)command.ExecuteScalar();
    }
}
