using Muse.Testing;

namespace Muse.EndToEnd.Cli;

/// <summary>A session as a file, from the command line.</summary>
public sealed class ExportVerbTests
{
    [Fact(Timeout = 120_000)]
    public async Task A_session_is_written_to_a_file_that_was_not_there()
    {
        using var folders = new MuseFolders().With("Muse__Sessions__Machine", "test");
        new ClaudeTranscript(folders.User, "lamp", "/home/ann/shop", null) { AtMs = 1_790_000_000_000 }.Prompt("Repair the lamp").Reply("It **glows**.");
        var session = A.SessionId("lamp");
        var path = Path.Combine(folders.User, "lamp.html");
        var (process, client) = await MuseProcess.ServeAsync(folders, "up", "--port", $"{MuseProcess.FreePort()}");
        await using (process)
        using (client)
        {
            while (!(await client.GetStringAsync(new Uri("/api/sessions", UriKind.Relative), TestContext.Current.CancellationToken)).Contains(session, StringComparison.Ordinal))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
            }

            var written = await MuseProcess.RunAsync(folders, "export", session, "--out", path);
            var again = await MuseProcess.RunAsync(folders, "export", session, "--out", path);
            var markdown = await MuseProcess.RunAsync(folders, "export", session, "--format", "md");
            var wrong = await MuseProcess.RunAsync(folders, "export", session, "--format", "pdf");
            var unknown = await MuseProcess.RunAsync(folders, "export", "nobody");

            Assert.Equal(0, written.ExitCode);
            Assert.Contains("It <strong>glows</strong>.", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Equal(1, again.ExitCode);
            Assert.Contains("> It **glows**.", markdown.Output, StringComparison.Ordinal);
            Assert.Equal(1, wrong.ExitCode);
            Assert.Contains("Give html, md or json.", wrong.Output, StringComparison.Ordinal);
            Assert.Equal(1, unknown.ExitCode);
            Assert.Contains("There is no session 'nobody'.", unknown.Output, StringComparison.Ordinal);
        }
    }
}
