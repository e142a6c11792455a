using Microsoft.Data.Sqlite;
using Muse.Contracts.Sessions;

namespace Muse.BuildingBlocks.Tests.Journal;

public sealed class JournalPumpTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("muse-pump-");

    private string Database => Path.Combine(_folder.FullName, "muse.db");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_fact_changes_rows_and_position_once()
    {
        await using var host = await CountingHost.StartAsync(Database);
        await host.RecordAsync(Read(0, 100), Read(100, 250));
        await host.Pump.SettleAsync(Ct);
        await host.Pump.SettleAsync(Ct);

        Assert.Equal(["100", "150"], host.Counts());
        Assert.Equal(["2"], host.Query("SELECT seq FROM muse_cursors WHERE consumer = 'counting'"));
        Assert.Equal(["1:0-100:1", "1:100-250:1"], host.Plan.Reacted);
    }

    [Fact]
    public async Task Facts_that_a_module_does_not_handle_cost_it_no_write()
    {
        await using var host = await CountingHost.StartAsync(Database);
        await host.RecordAsync(Read(0, 100));
        await host.Pump.SettleAsync(Ct);

        Assert.Equal(1, host.Pump.Cursors["idle"]);
        Assert.Equal(["0"], host.Query("SELECT seq FROM muse_cursors WHERE consumer = 'idle'"));

        await host.Pump.StorePositionsAsync(Ct);
        Assert.Equal(["1"], host.Query("SELECT seq FROM muse_cursors WHERE consumer = 'idle'"));
    }

    [Fact]
    public async Task A_projection_that_throws_leaves_nothing_and_gets_the_fact_again()
    {
        await using var host = await CountingHost.StartAsync(Database);
        host.Plan.FailuresLeft = 1;
        await host.RecordAsync(Read(0, 100));

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Pump.SettleAsync(Ct));
        Assert.Empty(host.Counts());
        await host.Pump.SettleAsync(Ct);

        Assert.Equal(["100"], host.Counts());
    }

    [Fact]
    public async Task While_a_raised_version_is_made_the_old_rows_are_served()
    {
        await FillByVersionOneAsync();

        await using var host = await CountingHost.StartAsync(Database, version: 2);
        host.Plan.Factor = 10;
        Assert.Equal(1, host.Source.Asked);
        await host.RecordAsync(Read(0, 100, generation: 2));
        await host.Pump.SettleAsync(Ct);
        Assert.Equal(["100", "150"], host.Counts());
        Assert.Equal(["counting"], host.Pump.Rebuilding);

        await host.RecordAsync(Read(100, 250, generation: 2));
        host.Source.IsMadeAgain = true;
        await host.Pump.SettleAsync(Ct);

        Assert.Equal(["1000", "1500"], host.Counts());
        Assert.Empty(host.Pump.Rebuilding);
        Assert.Equal(["4|2"], host.Query("SELECT seq, version FROM muse_cursors WHERE consumer = 'counting'"));
    }

    [Fact]
    public async Task A_rebuild_that_was_cut_short_begins_again_at_the_next_start()
    {
        await FillByVersionOneAsync();
        await using (var cut = await CountingHost.StartAsync(Database, version: 2))
        {
            cut.Plan.Factor = 10;
            await cut.RecordAsync(Read(0, 100, generation: 2));
            await cut.Pump.SettleAsync(Ct);
            await cut.Pump.StorePositionsAsync(Ct);
        }

        await using var host = await CountingHost.StartAsync(Database, version: 2);
        host.Plan.Factor = 10;
        Assert.Equal(1, host.Source.Asked);
        Assert.Equal(["100", "150"], host.Counts());
        await host.RecordAsync(Read(0, 100, generation: 3));
        host.Source.IsMadeAgain = true;
        await host.Pump.SettleAsync(Ct);

        Assert.Equal(["1000"], host.Counts());
        await host.RecordAsync(Read(100, 120, generation: 3));
        await host.Pump.SettleAsync(Ct);
        Assert.Equal(["200", "1000"], host.Counts());
    }

    private async Task FillByVersionOneAsync()
    {
        await using var host = await CountingHost.StartAsync(Database);
        await host.RecordAsync(Read(0, 100), Read(100, 250));
        await host.Pump.SettleAsync(Ct);
    }

    private static TranscriptRead Read(long from, long to, long generation = 1) =>
        new("s1", "claude-code", null, generation, from, to, 1, "/home/dev/app", "main", [], [], [], [], [], []);
}
