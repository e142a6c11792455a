using Microsoft.Extensions.Hosting;
using Muse.BuildingBlocks.Persistence;

namespace Muse.Sessions.Curation;

/// <summary>Notes once since when sessions can be unread: an archive that was there before Muse is not news.</summary>
internal sealed class ReadStart(MuseDatabase database, TimeProvider clock) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var gate = await database.EnterWriteAsync(cancellationToken);
        using var connection = database.Open();
        using var insert = new PreparedStatement(connection, "INSERT INTO sessions_read_start (id, at_ms) VALUES (1, ?) ON CONFLICT DO NOTHING");
        insert.Bind(clock.GetUtcNow().ToUnixTimeMilliseconds()).Execute();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
