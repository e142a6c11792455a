using Muse.Host.Demo;
using Muse.Host.Settings;

namespace Muse.Host.Cli;

/// <summary>Runs over a made-up home: own data folder, own port, nothing of the person's own is read or written.</summary>
internal sealed class DemoRun(Func<HostSettings, string[], WebApplication> compose, TimeProvider time)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(4);

    public async Task<int> RunAsync(HostSettings settings, string[] args, bool open, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("muse-demo-");
        var home = Path.Combine(folder.FullName, "home");
        // The person's own Muse has the usual port, and its folders are not the demo's.
        var port = settings.Port == HostSettings.DefaultPort ? HostSettings.DefaultPort + 1 : settings.Port;
        string[] own =
        [
            .. args.Where(a => !a.StartsWith("--Muse:Port=", StringComparison.OrdinalIgnoreCase)),
            $"--Muse:Home={Path.Combine(folder.FullName, "muse")}",
            $"--Muse:Sessions:Home={home}",
            "--Muse:Board:Live:Watch=false",
            $"--Muse:Port={port}",
        ];
        try
        {
            var (file, transcript) = new DemoHome(home, time.GetUtcNow()).Write();
            await Console.Out.WriteLineAsync($"A made-up home is in {home}; it goes when the demo ends.");
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var growing = GrowAsync(file, transcript, ended.Token);
            var code = await new Server(compose, time).RunAsync(SettingsReader.Read(own), own, open, ct);
            await ended.CancelAsync();
            await growing;
            return code;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>One session goes on for as long as the demo runs, so that there is something to watch.</summary>
    private async Task GrowAsync(string file, ClaudeTranscript transcript, CancellationToken ct)
    {
        var written = transcript.Lines.Count;
        for (var round = 1; !ct.IsCancellationRequested; round++)
        {
            transcript
                .Wait((time.GetUtcNow() - transcript.Now).TotalSeconds)
                .Bash("npm run lamp-test", $"\u001b[32m✓\u001b[39m lamp round {round}: {980 + (round * 7 % 40)} lumen", "One round of the lamp test", seconds: 1)
                .Say($"Round {round} is fine.");
            foreach (var line in transcript.Lines.Skip(written))
            {
                try
                {
                    await Task.Delay(Pace, time, ct);
                }
                catch (OperationCanceledException)
                {
                    return;
                }

                await File.AppendAllTextAsync(file, line + "\n", CancellationToken.None);
            }

            written = transcript.Lines.Count;
        }
    }
}
