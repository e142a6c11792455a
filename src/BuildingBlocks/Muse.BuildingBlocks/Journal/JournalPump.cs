using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Muse.BuildingBlocks.Modules;
using Muse.BuildingBlocks.Persistence;

namespace Muse.BuildingBlocks.Journal;

/// <summary>
/// Delivers the journal to each module's projections and reactions, each at its own pace and with its own failures, which
/// are tried again with growing waits.
/// </summary>
public sealed partial class JournalPump : BackgroundService
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Pauses for which a batch may grow.</summary>
    private const int MostPauses = 10;
    private readonly IReadOnlyList<JournalConsumer> _consumers;
    private readonly FactJournal _journal;
    private readonly TimeProvider _clock;
    private readonly ILogger<JournalPump> _logger;

    /// <summary>Made by the container.</summary>
    public JournalPump(
        IServiceScopeFactory scopes, IEnumerable<ModuleDefinition> modules, IEnumerable<IFactSource> sources, MuseDatabase database,
        FactJournal journal, TimeProvider clock, ILogger<JournalPump> logger)
    {
        (_journal, _clock, _logger) = (journal, clock, logger);
        _consumers =
        [
            .. modules.SelectMany(module => new JournalConsumer[]
            {
                new ProjectionConsumer(module, scopes, database, journal, sources),
                new ReactionConsumer(module, scopes, database, journal, clock, logger),
            }),
        ];
    }

    /// <summary>Positions by consumer, as delivered by this process.</summary>
    public IReadOnlyDictionary<string, long> Cursors =>
        _consumers.Where(c => c.Position >= 0).ToDictionary(c => c.Name, c => c.Position, StringComparer.Ordinal);

    /// <summary>Everything up to this number is in the tables of every module.</summary>
    public long Projected => _consumers.OfType<ProjectionConsumer>().Min(c => c.Position);

    /// <summary>Modules whose old figures are served while new ones are made.</summary>
    public IReadOnlyList<string> Rebuilding => [.. _consumers.OfType<ProjectionConsumer>().Where(c => c.IsRebuilding).Select(c => c.Name)];

    /// <summary>Delivers everything recorded so far; for tests and for commands that need the tables caught up.</summary>
    public async Task SettleAsync(CancellationToken ct)
    {
        foreach (var consumer in _consumers)
        {
            while (await consumer.DeliverAsync(ct))
            {
            }
        }
    }

    /// <summary>Stores how far everybody is, so that what is behind can be pruned.</summary>
    public async Task StorePositionsAsync(CancellationToken ct)
    {
        foreach (var consumer in _consumers)
        {
            await consumer.StoreAsync(ct);
        }
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        foreach (var consumer in _consumers)
        {
            consumer.Dispose();
        }

        base.Dispose();
    }

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_consumers.Select(consumer => Task.Run(() => RunAsync(consumer, stoppingToken), stoppingToken)));

    private async Task RunAsync(JournalConsumer consumer, CancellationToken ct)
    {
        var failures = 0;
        while (!ct.IsCancellationRequested)
        {
            var appended = _journal.Appended;
            try
            {
                var delivered = await consumer.DeliverAsync(ct);
                failures = 0;
                if (!delivered)
                {
                    await Task.WhenAny(appended, Task.Delay(LookAgain, _clock, ct));
                }

                await GatherAsync(consumer, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                failures++;
                DeliveryFailed(e, consumer.Name, failures);
                try
                {
                    await Task.Delay(TimeSpan.FromSeconds(Math.Min(60, Math.Pow(2, failures))), _clock, ct);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }
        }
    }

    /// <summary>
    /// Waits while more keeps coming, for at most half a second: the rows of one transaction fall on the same pages, and
    /// while an archive is read for the first time writing them is most of the work.
    /// </summary>
    private async Task GatherAsync(JournalConsumer consumer, CancellationToken ct)
    {
        for (var (pauses, before) = (0, -1L); pauses < MostPauses && _journal.Last - consumer.Position < JournalConsumer.BatchFacts && _journal.Last != before; pauses++)
        {
            before = _journal.Last;
            await Task.Delay(Pause, _clock, ct);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Delivery to {Consumer} failed, try {Attempt}; it is tried again")]
    private partial void DeliveryFailed(Exception exception, string consumer, int attempt);
}
