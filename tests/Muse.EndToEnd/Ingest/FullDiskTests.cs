using System.Diagnostics;
using System.Text.Json;
using Muse.EndToEnd.Cli;

namespace Muse.EndToEnd.Ingest;

/// <summary>The data folder lies on a disk that fills up in the middle of the ingest.</summary>
public sealed class FullDiskTests
{
    [Fact(Timeout = 180_000)]
    public async Task A_full_disk_pauses_the_ingest_and_room_lets_it_go_on_with_nothing_lost()
    {
        using var full = new MuseFolders().With("Muse__Sessions__Machine", "test");
        using var undisturbed = new MuseFolders().With("Muse__Sessions__Machine", "test");
        Directory.CreateDirectory(full.Muse);
        Assert.SkipUnless(await MountAsync("-t", "tmpfs", "-o", "size=6m", "tmpfs", full.Muse), "needs the right to mount a small disk");
        try
        {
            for (var round = 0; round < 4; round++)
            {
                MadeUpArchive.Write(full.User, round);
            }

            MadeUpArchive.Copy(full.User, undisturbed.User);
            var (process, client) = await MuseProcess.ServeAsync(full, "up", "--port", $"{MuseProcess.FreePort()}");
            await using (process)
            using (client)
            {
                var reason = await PausedAsync(client);
                Assert.StartsWith("The disk is full.", reason);
                Assert.NotEmpty((await client.GetStringAsync("/api/sessions", TestContext.Current.CancellationToken)).Trim());

                Assert.True(await MountAsync("-o", "remount,size=500m", full.Muse));
                await IngestOf.CaughtUpAsync(client);
            }

            await IngestOf.ReadToTheEndAsync(undisturbed);
            Assert.Equal(IngestTables.Dump(undisturbed), IngestTables.Dump(full));
        }
        finally
        {
            await RunAsync("umount", full.Muse);
        }
    }

    private static async Task<string> PausedAsync(HttpClient client)
    {
        while (true)
        {
            using var document = JsonDocument.Parse(await client.GetStringAsync("/api/ingest"));
            if (document.RootElement.GetProperty("state").GetString() == "paused")
            {
                return document.RootElement.GetProperty("reason").GetString()!;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private static Task<bool> MountAsync(params string[] arguments) => RunAsync("mount", arguments);

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
