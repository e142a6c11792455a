using System.Text.Json;
using Muse.Host.Cli;

namespace Muse.Host.Web;

/// <summary>
/// Asks, when the host listens, what every visitor asks first, so that queries and answers are compiled by the time a
/// person looks. On a first start it waits for the first session to be read.
/// </summary>
internal sealed partial class WarmUp(IServiceProvider services, IHostApplicationLifetime life, TimeProvider time, ILogger<WarmUp> logger) : BackgroundService
{
    private const int Tries = 60;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

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

        using var client = new HttpClient { BaseAddress = address };
        try
        {
            await AskAsync(client, stoppingToken);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or OperationCanceledException)
        {
            NotWarm(e);
        }
    }

    private async Task AskAsync(HttpClient client, CancellationToken ct)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            using var list = JsonDocument.Parse(await client.GetStringAsync("/api/sessions?limit=50", ct));
            if (list.RootElement.GetProperty("items") is { } items && items.GetArrayLength() > 0)
            {
                var session = $"/api/sessions/{items[0].GetProperty("id").GetString()}";
                await client.GetStringAsync($"{session}?anchor=tail&limit=200", ct);
                await client.GetStringAsync($"{session}/outline", ct);
                return;
            }

            await Task.Delay(Between, time, ct);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The first pages were not warmed up")]
    private partial void NotWarm(Exception exception);
}
