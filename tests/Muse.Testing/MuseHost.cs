using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Carter;
using Muse.Board;
using Muse.Board.Live;
using Muse.BuildingBlocks;
using Muse.BuildingBlocks.Journal;
using Muse.BuildingBlocks.Modules;
using Muse.BuildingBlocks.Persistence;
using Muse.BuildingBlocks.Web;
using Muse.Contracts;
using Muse.Insights;
using Muse.Sessions;
using Muse.Sessions.Ingest;
using Muse.Sessions.Search;
using Muse.Sessions.Understanding;

namespace Muse.Testing;

/// <summary>
/// The modules in process, on a real SQLite file and a made-up home in a temp folder. The pump is off:
/// <see cref="SettleAsync"/> reads every transcript and delivers every fact, so that tests wait for nothing.
/// </summary>
public sealed class MuseHost : IAsyncDisposable
{
    private readonly IReadOnlyDictionary<string, string?> _settings;
    private readonly Action<IServiceCollection> _change;
    private readonly bool _live;
    private WebApplication _app;

    /// <summary>On the system's clock.</summary>
    public MuseHost()
        : this(TimeProvider.System)
    {
    }

    private MuseHost(TimeProvider clock, IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? change = null, bool live = false)
    {
        (_settings, _change, _live) = (settings ?? new Dictionary<string, string?>(), change ?? (_ => { }), live);
        Folder = Directory.CreateTempSubdirectory("muse-test-").FullName;
        Home = Directory.CreateDirectory(Path.Combine(Folder, "home")).FullName;
        Clock = clock;
        _app = StartAsync(clock).GetAwaiter().GetResult();
        Client = _app.GetTestClient();
    }

    /// <summary>On a clock of the test's own.</summary>
    public static MuseHost At(TimeProvider clock) => new(clock);

    /// <summary>On the system's clock, with settings or services of the test's own in place of the usual ones.</summary>
    public static MuseHost With(IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection> change) => new(TimeProvider.System, settings, change);

    /// <summary>As the program runs: follows transcripts by itself and delivers facts at once.</summary>
    public static MuseHost Live(IReadOnlyDictionary<string, string?> settings) => new(TimeProvider.System, settings, live: true);

    public string Folder { get; }

    /// <summary>The home whose agents are read.</summary>
    public string Home { get; }

    public TimeProvider Clock { get; }

    public HttpClient Client { get; private set; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Reads what is on disk and delivers what was recorded.</summary>
    public async Task SettleAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var ingest = Services.GetRequiredService<IngestEngine>();
        while (Services.GetRequiredService<WorkCounters>()["ingest.sweeps"] == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, deadline.Token);
        }

        await ingest.SweepAsync(deadline.Token);
        await ingest.CaughtUpAsync(deadline.Token);
        await Services.GetRequiredService<JournalPump>().SettleAsync(deadline.Token);
        await Services.GetRequiredService<BoardInbox>().SettledAsync(deadline.Token);
    }

    /// <summary>The same, and makes everything searchable.</summary>
    public async Task IndexAsync()
    {
        await SettleAsync();
        await Services.GetRequiredService<SearchIndexer>().IndexAsync(null, CancellationToken.None);
    }

    /// <summary>The same as <see cref="SettleAsync"/>, and works out what is wrong with each session and what it leaves open.</summary>
    public async Task DigestAsync()
    {
        await SettleAsync();
        await Services.GetRequiredService<DigestWorker>().DigestAsync(CancellationToken.None);
    }

    /// <summary>Ends the host and starts another over the same files, as a restart of the server does.</summary>
    /// <param name="meanwhile">Done while nothing runs.</param>
    public async Task RestartAsync(Action? meanwhile = null)
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        meanwhile?.Invoke();
        _app = await StartAsync(Clock);
        Client = _app.GetTestClient();
    }

    /// <summary>Records facts as their owner would.</summary>
    public async Task RecordedAsync(params IFact[] facts)
    {
        var journal = Services.GetRequiredService<FactJournal>();
        var database = Services.GetRequiredService<MuseDatabase>();
        using var write = await database.EnterWriteAsync(CancellationToken.None);
        await using var connection = database.Open();
        await using var transaction = connection.BeginTransaction(deferred: false);
        var appended = journal.Append(connection, facts);
        await transaction.CommitAsync();
        journal.Committed(appended);
    }

    public async Task<T> GetAsync<T>(string address) =>
        await Client.GetFromJsonAsync<T>(address) ?? throw new InvalidOperationException($"{address} answered null.");

    /// <summary>The status and, if it is a problem, its document.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Problem)> GetProblemAsync(string address)
    {
        using var response = await Client.GetAsync(new Uri(address, UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, response.Content.Headers.ContentType?.MediaType == "application/problem+json"
            ? JsonElement.Parse(text)
            : throw new InvalidOperationException($"No problem but {(int)response.StatusCode}: {text}"));
    }

    /// <summary>Opens an event stream; dispose it to leave.</summary>
    public Task<EventReader> ListenAsync(string address, string? lastEventId = null) => EventReader.OpenAsync(Client, address, lastEventId);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task<WebApplication> StartAsync(TimeProvider clock)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Testing" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Muse:Sessions:Home"] = Home,
            ["Muse:Sessions:Follow"] = _live ? "true" : "false",
            ["Muse:Board:Live:Watch"] = "false",
            ["Muse:Insights:Git:Watch"] = "false",
            ["Muse:Sessions:Machine"] = "test",
        });
        builder.Configuration.AddInMemoryCollection(_settings);
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddProblemDetails();
        builder.Services.AddMuseBuildingBlocks(Path.Combine(Folder, "muse.db"));
        builder.Services.AddSessionsModule(builder.Configuration).AddInsightsModule().AddBoardModule();
        builder.Services.Replace(ServiceDescriptor.Singleton(clock));
        _change(builder.Services);
        if (!_live)
        {
            builder.Services.Remove(builder.Services.Single(s =>
                s.ServiceType == typeof(IHostedService) && s.ImplementationFactory?.Method.ReturnType == typeof(JournalPump)));
        }

        var app = builder.Build();
        await app.MigrateModulesAsync();
        app.UseExceptionHandler();
        app.MapCarter();
        await app.StartAsync();
        return app;
    }
}
