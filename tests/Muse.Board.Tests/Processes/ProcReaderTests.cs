using Muse.Board.Processes;
using Muse.BuildingBlocks.Web;

namespace Muse.Board.Tests.Processes;

public sealed class ProcReaderTests
{
    [Theory]
    [InlineData("12 (claude) S 7 12 12 34816 12 4194304 1 0 0 0 5 6 0 0 20 0 1 0 987654 1 2", "claude", 7, true)]
    [InlineData("12 (a) b) (c) S 7 12 12 34816 99 4194304 1 0 0 0 5 6 0 0 20 0 1 0 987654 1 2", "a) b) (c", 7, false)]
    [InlineData("12 (daemon) S 1 12 12 0 -1 4194304 1 0 0 0 5 6 0 0 20 0 1 0 987654 1 2", "daemon", 1, false)]
    public void The_name_may_hold_anything(string text, string name, int parent, bool inFront)
    {
        var stat = ProcReader.ReadStat(12, text)!;

        Assert.Equal((name, parent, "987654", inFront), (stat.Name, stat.Parent, stat.StartText, stat.InFront));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12 (cut")]
    [InlineData("12 (cut) S 7")]
    [InlineData("12 (x) S ? 12 12 34816 12 4194304 1 0 0 0 5 6 0 0 20 0 1 0 987654")]
    [InlineData("12 (ended) Z 1 12 12 34816 12 4194304 1 0 0 0 5 6 0 0 20 0 1 0 987654 1 2")]
    public void What_is_no_stat_of_a_living_process_is_nothing(string text)
    {
        Assert.Null(ProcReader.ReadStat(12, text));
    }

    [Fact]
    public void This_process_is_found_with_all_that_is_asked_of_it()
    {
        var proc = new ProcReader(new WorkCounters());
        var pid = Environment.ProcessId;
        var file = Path.GetTempFileName();
        using var open = File.OpenRead(file);

        Assert.Equal(proc.Stat(pid), proc.All()[pid]);
        Assert.Equal(Environment.CurrentDirectory, proc.Folder(pid));
        Assert.True(proc.IsOwn(pid));
        Assert.Contains(file, proc.OpenFiles(pid));
        Assert.NotEmpty(proc.Arguments(pid));
        Assert.Subset(ProcReader.Variables.ToHashSet(), proc.Environment(pid).Keys.ToHashSet());
        var startedAt = DateTimeOffset.FromUnixTimeMilliseconds(proc.StartedAtMs(proc.Stat(pid)!)!.Value);
        Assert.InRange(TimeProvider.System.GetUtcNow() - startedAt, TimeSpan.FromSeconds(-1), TimeSpan.FromHours(1));
        File.Delete(file);
    }

    [Fact]
    public void A_process_that_is_gone_is_nothing()
    {
        var proc = new ProcReader(new WorkCounters());
        const int none = int.MaxValue;

        Assert.Null(proc.Stat(none));
        Assert.Null(proc.Folder(none));
        Assert.Empty(proc.OpenFiles(none));
        Assert.Empty(proc.Environment(none));
        Assert.False(proc.IsOwn(none));
        Assert.Empty(new ProcReader(new WorkCounters(), "/nowhere").All());
    }
}
