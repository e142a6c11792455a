using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Muse.BuildingBlocks.Modules;
using Muse.Host.Cli;

namespace Muse.Host.Runtime;

/// <summary>
/// Does at start what a visitor would wait for: asks what every page asks first, then builds the modules' models, which the
/// first pages do without, and, when the ingest rests, asks often enough for the runtime to compile that well. On a first
/// start it waits for the first session to be read.
/// </summary>
internal sealed partial class WarmUp(
    IServiceProvider services, IEnumerable<ModuleDefinition> modules, IHostApplicationLifetime life, TimeProvider time, ILogger<WarmUp> logger)
    : BackgroundService
{
    /// <summary>A window of 200 calls what makes an item 200 times: a few windows and the runtime optimizes that.</summary>
    private const int Often = 100;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    /// <summary>The runtime counts calls only while it compiles nothing new for a tenth of a second, so not all at once.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var listening = new TaskCompletionSource();
        await using var started = life.ApplicationStarted.Register(listening.SetResult);
        await listening.Task.WaitAsync(stoppingToken);
        // The in-memory server of tests has no address.
        if (Server.AddressOf(services) is not { } address)
        {
            return;
        }

        using var deadline = new CancellationTokenSource(Longest, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stoppingToken);
        using var client = new HttpClient { BaseAddress = address };
        try
        {
            await AskAsync(client, both.Token);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or OperationCanceledException)
        {
            NotWarm(e);
        }
    }

    private void BuildModels()
    {
        using var scope = services.CreateScope();
        foreach (var context in modules.Where(m => m.ContextType is not null))
        {
            _ = ((DbContext)scope.ServiceProvider.GetRequiredService(context.ContextType!)).Model; // those without a context are filtered out
        }
    }

    private async Task AskAsync(HttpClient client, CancellationToken ct)
    {
        string? session;
        while ((session = await FirstSessionAsync(client, ct)) is null)
        {
            await Task.Delay(Between, time, ct);
        }

        var window = $"/api/sessions/{session}?anchor=tail&limit=200";
        await client.GetStringAsync(window, ct);
        BuildModels();
        await client.GetStringAsync($"/api/sessions/{session}/outline", ct);
        while (await IsReadingAsync(client, ct))
        {
            await Task.Delay(Between, time, ct);
        }

        for (var i = 0; i < Often; i++)
        {
            await client.GetStringAsync(window, ct);
            await Task.Delay(Breath, time, ct);
        }
    }

    private static async Task<string?> FirstSessionAsync(HttpClient client, CancellationToken ct)
    {
        using var list = JsonDocument.Parse(await client.GetStringAsync("/api/sessions?limit=50", ct));
        var items = list.RootElement.GetProperty("items");
        return items.GetArrayLength() > 0 ? items[0].GetProperty("id").GetString() : null;
    }

    private static async Task<bool> IsReadingAsync(HttpClient client, CancellationToken ct)
    {
        using var ingest = JsonDocument.Parse(await client.GetStringAsync("/api/ingest", ct));
        return ingest.RootElement.GetProperty("state").GetString() != "idle";
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The first pages were not warmed up")]
    private partial void NotWarm(Exception exception);
}
