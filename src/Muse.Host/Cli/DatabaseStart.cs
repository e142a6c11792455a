using System.Globalization;
using Microsoft.Data.Sqlite;
using Muse.BuildingBlocks.Modules;

namespace Muse.Host.Cli;

/// <summary>Brings the database up to date. A damaged one is put aside and made anew: everything in it can be read from the sources again.</summary>
internal static class DatabaseStart
{
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    public static async Task MigrateAsync(WebApplication app, string path, TimeProvider time, CancellationToken ct)
    {
        try
        {
            await app.MigrateModulesAsync(ct);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is Corrupt or NotADatabase)
        {
            await PutAsideAsync(path, time);
            await app.MigrateModulesAsync(ct);
        }
    }

    private static async Task PutAsideAsync(string path, TimeProvider time)
    {
        SqliteConnection.ClearAllPools();
        var aside = $"{path}.damaged-{time.GetUtcNow().ToString("yyyyMMddTHHmmss", CultureInfo.InvariantCulture)}";
        foreach (var suffix in new[] { "", "-wal", "-shm" })
        {
            if (File.Exists(path + suffix))
            {
                File.Move(path + suffix, aside + suffix, overwrite: true);
            }
        }

        await Console.Error.WriteLineAsync(
            $"The database was damaged. It is kept as {aside}, and a new one is being made from the agents' own files.");
    }
}
