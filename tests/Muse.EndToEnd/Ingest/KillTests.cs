using Muse.EndToEnd.Cli;

namespace Muse.EndToEnd.Ingest;

/// <summary>The real program is killed without warning while it reads; afterwards nothing is missing and nothing is there twice.</summary>
[Collection("kills")] // one after the other: each start of the program takes both cores
public sealed class KillTests
{
    private const int Kills = 20;

    [Fact(Timeout = 600_000)]
    public async Task Twenty_kills_leave_the_tables_of_an_undisturbed_run()
    {
        using var killed = new MuseFolders().With("Muse__Sessions__Machine", "test");
        using var undisturbed = new MuseFolders().With("Muse__Sessions__Machine", "test");
        var random = new Random(20);
        var interrupted = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            var (process, client) = await MuseProcess.ServeAsync(killed, "up", "--port", $"{MuseProcess.FreePort()}");
            await using (process)
            using (client)
            {
                // Written while it runs, so that there is work to be killed in however fast the machine is.
                MadeUpArchive.Write(killed.User, kill);
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(150)), TimeProvider.System, TestContext.Current.CancellationToken);
                interrupted += await IngestOf.StateAsync(client) == "idle" ? 0 : 1;
            }
        }

        MadeUpArchive.Copy(killed.User, undisturbed.User);
        await IngestOf.ReadToTheEndAsync(killed);
        await IngestOf.ReadToTheEndAsync(undisturbed);

        Assert.True(interrupted >= Kills / 4, $"Only {interrupted} of {Kills} kills met the ingest at work.");
        var (left, right) = (IngestTables.Dump(undisturbed), IngestTables.Dump(killed));
        Assert.Equal(left.Count, right.Count);
        Assert.Equal(left, right);
    }
}
