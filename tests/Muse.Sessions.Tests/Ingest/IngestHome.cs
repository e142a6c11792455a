using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Muse.BuildingBlocks;
using Muse.BuildingBlocks.Modules;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Web;
using Muse.Sessions.Ingest;
using Muse.Sessions.Search;

namespace Muse.Sessions.Tests.Ingest;

/// <summary>A made-up home and an ingest over it that moves only when the test says so.</summary>
public sealed class IngestHome : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("muse-ingest-").FullName;
    private WebApplication? _app;

    public string Home => Path.Combine(_folder, "home");

    public string Project => Path.Combine(Home, ".claude", "projects", "-home-dev-app");

    public string DatabasePath => Path.Combine(_folder, "muse.db");

    internal IngestEngine Engine => _app!.Services.GetRequiredService<IngestEngine>();

    public WorkCounters Work => _app!.Services.GetRequiredService<WorkCounters>();

    public string Transcript(string session = "11111111-1111-4111-8111-111111111111")
    {
        Directory.CreateDirectory(Project);
        return Path.Combine(Project, $"{session}.jsonl");
    }

    /// <summary>Starts Muse over the home and waits until everything in it is read.</summary>
    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Muse:Sessions:Home"] = Home,
            ["Muse:Sessions:Machine"] = "test",
            ["Muse:Sessions:Follow"] = "false",
            ["urls"] = "http://127.0.0.1:0",
        });
        builder.Logging.ClearProviders().AddConsole().SetMinimumLevel(LogLevel.Error);
        builder.Services.AddMuseBuildingBlocks(DatabasePath);
        builder.Services.AddSessionsModule(builder.Configuration);
        _app = builder.Build();
        await _app.MigrateModulesAsync();
        await _app.StartAsync();
        await Engine.Started;
        await Engine.CaughtUpAsync(CancellationToken.None);
    }

    public async Task StopAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
            _app = null;
        }

        SqliteConnection.ClearAllPools();
    }

    public async Task SweepAsync()
    {
        await Engine.SweepAsync(CancellationToken.None);
        await Engine.CaughtUpAsync(CancellationToken.None);
    }

    /// <summary>Makes everything searchable that is read.</summary>
    public Task IndexAsync(Func<CancellationToken, Task>? rest = null, CancellationToken ct = default) =>
        _app!.Services.GetRequiredService<SearchIndexer>().IndexAsync(rest, ct);

    /// <summary>Documents of the search index that hold a word.</summary>
    public int Hits(string word) => Index($"SELECT count(*) FROM words WHERE words MATCH '\"{word}\"'") is [var count] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : 0;

    /// <summary>The rows of a query over the search index.</summary>
    public List<string> Index(string sql)
    {
        using var connection = _app!.Services.GetRequiredService<SearchDatabase>().Open();
        return Rows(connection, sql);
    }

    /// <summary>The rows of a query as text, columns joined by <c>|</c>.</summary>
    public List<string> Query(string sql)
    {
        using var connection = _app!.Services.GetRequiredService<MuseDatabase>().Open();
        return Rows(connection, sql);
    }

    private static List<string> Rows(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : reader.GetValue(i).ToString())));
        }

        return rows;
    }

    /// <summary>Previews of the session's current items, in order.</summary>
    public List<string> Previews() => Query(
        "SELECT i.kind || ':' || i.preview FROM sessions_items i JOIN sessions_transcripts t ON i.\"key\" >> 28 = t.generation ORDER BY t.path, i.\"key\"");

    public static string Prompt(string text) =>
        $$"""{"type":"user","uuid":"{{text.GetHashCode(StringComparison.Ordinal):x}}","message":{"role":"user","content":"{{text}}"},"timestamp":"2026-11-01T10:00:00.000Z","cwd":"/home/dev/app","version":"2.1.330"}""" + "\n";

    public static void Append(string path, string text) => File.AppendAllText(path, text, new UTF8Encoding(false));

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
