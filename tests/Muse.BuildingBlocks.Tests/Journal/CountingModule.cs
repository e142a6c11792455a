using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Modules;
using Muse.BuildingBlocks.Persistence;
using Muse.Contracts;
using Muse.Contracts.Sessions;

namespace Muse.BuildingBlocks.Tests.Journal;

/// <summary>A module that keeps, of every read, how much of it there was.</summary>
internal sealed class CountingDbContext(DbContextOptions<CountingDbContext> options) : ModuleDbContext(options, "counting")
{
    public DbSet<CountRow> Counts => Set<CountRow>();
}

internal sealed class CountRow : IProjected
{
    public required string Id { get; set; }

    public long Bytes { get; set; }
}

internal sealed class CountRowConfiguration : IEntityTypeConfiguration<CountRow>
{
    public void Configure(EntityTypeBuilder<CountRow> builder) => builder.ToTable("Counts");
}

/// <summary>What a test wants the module to do.</summary>
internal sealed class CountingPlan
{
    public long Factor { get; set; } = 1;

    public int FailuresLeft { get; set; }

    public List<string> Reacted { get; } = [];
}

internal sealed class CountingProjection(CountingDbContext db, CountingPlan plan) : IProjection<TranscriptRead>
{
    public async Task Handle(TranscriptRead notification, CancellationToken cancellationToken)
    {
        var row = await db.Counts.FindAsync([notification.DedupKey], cancellationToken);
        if (row is null)
        {
            db.Add(new CountRow { Id = notification.DedupKey, Bytes = plan.Factor * (notification.ToOffset - notification.FromOffset) });
        }

        if (plan.FailuresLeft > 0)
        {
            plan.FailuresLeft--;
            throw new InvalidOperationException("as planned");
        }
    }
}

internal sealed class CountingReaction(CountingPlan plan) : IReaction<TranscriptRead>
{
    public Task Handle(TranscriptRead notification, CancellationToken cancellationToken)
    {
        plan.Reacted.Add(notification.DedupKey);
        return Task.CompletedTask;
    }
}

/// <summary>A source that is done when the test says so.</summary>
internal sealed class PlannedSource : IFactSource
{
    public int Asked { get; private set; }

    public bool IsMadeAgain { get; set; }

    public void MakeAgain(SqliteConnection connection) => Asked++;
}

/// <summary>The module on a database file, one start of the program long.</summary>
internal sealed class CountingHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private CountingHost(WebApplication app) => _app = app;

    public CountingPlan Plan { get; } = new();

    public PlannedSource Source { get; } = new();

    public JournalPump Pump => _app.Services.GetRequiredService<JournalPump>();

    public FactJournal Journal => _app.Services.GetRequiredService<FactJournal>();

    public static async Task<CountingHost> StartAsync(string path, int version = 1)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddMuseBuildingBlocks(path);
        builder.Services.AddModule<CountingDbContext>("counting", version);
        builder.Services.AddModule("idle", typeof(TranscriptRead).Assembly);
        CountingHost? host = null;
        builder.Services.AddSingleton(_ => host!.Plan).AddSingleton<IFactSource>(_ => host!.Source);
        host = new CountingHost(builder.Build());
        using (var connection = host._app.Services.GetRequiredService<MuseDatabase>().Open())
        using (var command = connection.CreateCommand())
        {
            command.CommandText = """
                CREATE TABLE IF NOT EXISTS "counting_counts" ("id" TEXT NOT NULL PRIMARY KEY, "bytes" INTEGER NOT NULL);
                CREATE INDEX IF NOT EXISTS "ix_counting_counts_bytes" ON "counting_counts" ("bytes");
                """;
            command.ExecuteNonQuery();
        }

        await host._app.MigrateModulesAsync();
        return host;
    }

    public async Task RecordAsync(params IFact[] facts)
    {
        var database = _app.Services.GetRequiredService<MuseDatabase>();
        using var write = await database.EnterWriteAsync(CancellationToken.None);
        await using var connection = database.Open();
        await using var transaction = connection.BeginTransaction(deferred: false);
        var appended = Journal.Append(connection, facts);
        await transaction.CommitAsync();
        Journal.Committed(appended);
    }

    public List<string> Query(string sql)
    {
        using var connection = _app.Services.GetRequiredService<MuseDatabase>().Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i).ToString())));
        }

        return rows;
    }

    public List<string> Counts() => Query("SELECT bytes FROM counting_counts ORDER BY bytes");

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
