using System.Collections.Concurrent;
using Muse.Board.Tests.Tmux;
using Muse.Board.Watching;

namespace Muse.Board.Tests.Watching;

public sealed class FolderWatchTests
{
    private const int Rounds = 200;

    // Fails, in some of the rounds, when nobody looks again once the watch stands.
    [Fact]
    public async Task A_folder_that_appears_while_the_watch_is_made_is_watched()
    {
        var root = Directory.CreateTempSubdirectory("muse-watch-").FullName;
        for (var round = 0; round < Rounds; round++)
        {
            var folder = Path.Combine(root, $"{round}", "inner");
            var told = new ConcurrentQueue<string?>();
            using var together = new Barrier(2);
            var making = Task.Run(
                () =>
                {
                    together.SignalAndWait();
                    Thread.SpinWait(round * 20);
                    Directory.CreateDirectory(folder);
                },
                TestContext.Current.CancellationToken);
            together.SignalAndWait();
            using var watch = new FolderWatch(folder, told.Enqueue);
            await making;

            var file = Path.Combine(folder, "file");
            await PrivateTmux.UntilAsync(() =>
            {
                File.AppendAllText(file, "x");
                return told.Contains(file);
            });
        }

        Directory.Delete(root, recursive: true);
    }
}
