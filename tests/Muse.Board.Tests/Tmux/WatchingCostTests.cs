using System.Diagnostics;

namespace Muse.Board.Tests.Tmux;

/// <summary>What watching costs while nothing happens, and how soon a title is told; figures go to the test's output.</summary>
public sealed class WatchingCostTests(ITestOutputHelper output)
{
    private const int Panes = 30;

    [Fact]
    public async Task Thirty_quiet_panes_cost_one_process_and_hardly_a_command()
    {
        await using var tmux = await PrivateTmux.StartAsync();
        for (var i = 1; i < Panes; i++)
        {
            tmux.Session($"s{i}", ["cat"]);
        }

        await PrivateTmux.UntilAsync(() => tmux.Servers.Panes.Count == Panes && tmux.Servers.Panes.All(p => p.Command == "cat"));
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, TestContext.Current.CancellationToken);
        var server = tmux.Do(["display-message", "-p", "#{pid}"]).Trim();
        var (lists, processes, cpu, since) = (tmux.Work["tmux.lists"], tmux.Work["tmux.processesStarted"], ServerCpu(server), Stopwatch.StartNew());

        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, TestContext.Current.CancellationToken);

        output.WriteLine($"server: {(ServerCpu(server) - cpu) * 100 / since.Elapsed.TotalSeconds:F2} % of a core; lists: {tmux.Work["tmux.lists"] - lists}");
        Assert.Equal(processes, tmux.Work["tmux.processesStarted"]);
        Assert.InRange(tmux.Work["tmux.lists"] - lists, 0, 2);
    }

    [Fact]
    public async Task A_title_is_told_within_the_second_that_tmux_takes_to_look()
    {
        await using var tmux = await PrivateTmux.StartAsync();
        var pane = tmux.Session("two", ["cat"]);
        await PrivateTmux.UntilAsync(() => tmux.Servers.Panes.Count == 2);
        var took = new List<double>();

        foreach (var i in Enumerable.Range(0, 12))
        {
            tmux.Do(["select-pane", "-t", pane.Pane, "-T", $"title {i}"]);
            var since = Stopwatch.StartNew();
            await PrivateTmux.UntilAsync(() => tmux.Pane(pane).Title == $"title {i}");
            took.Add(since.Elapsed.TotalMilliseconds);
            await Task.Delay(TimeSpan.FromMilliseconds(137 * (i % 7)), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        took.Sort();
        output.WriteLine($"median {took[took.Count / 2]:F0} ms, longest {took[^1]:F0} ms");
        Assert.True(took[took.Count / 2] < 1500, $"The median is {took[took.Count / 2]:F0} ms.");
    }

    /// <summary>Seconds of processor time the server has used.</summary>
    private static double ServerCpu(string pid)
    {
        using var process = Process.GetProcessById(int.Parse(pid, System.Globalization.CultureInfo.InvariantCulture));
        return process.TotalProcessorTime.TotalSeconds;
    }
}
