using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using CsCheck;
using Muse.Board.Processes;
using Muse.BuildingBlocks.Web;

namespace Muse.Board.Tests.Processes;

public sealed class ClaudeRegistryTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly string _folder = Directory.CreateTempSubdirectory("muse-registry-").FullName;
    private readonly BlockingCollection<int> _changed = [];
    private readonly ClaudeRegistry _registry;

    public ClaudeRegistryTests() => _registry = new ClaudeRegistry(new WorkCounters(), _changed.Add);

    [Fact]
    public void Every_field_is_optional()
    {
        var whole = ClaudeRegistryEntry.Read(7, "/r", Encoding.UTF8.GetBytes(
            """{"pid":7,"sessionId":"s","cwd":"/w","procStart":"99","version":"2.1","kind":"interactive","entrypoint":"cli","name":"n","nameSource":"user","status":"waiting","waitingFor":"input needed","statusUpdatedAt":5,"startedAt":4,"tmux":"a:@1.%2"}"""));
        var numbers = ClaudeRegistryEntry.Read(7, "/r", """{"procStart":99,"status":{},"startedAt":"x"}"""u8);

        Assert.Equal(new ClaudeRegistryEntry(7, "/r", "s", "/w", "99", "2.1", "interactive", "cli", "n", "user", "waiting", "input needed", 5, 4, "a:@1.%2"), whole);
        Assert.Equal(("99", null, null), (numbers!.ProcStart, numbers.Status, numbers.StartedAtMs));
    }

    [Fact]
    public void No_content_makes_it_throw()
    {
        Gen.OneOf(Gen.String, Gen.Const("{\"pid\":"), Gen.Const("[]"), Gen.Const("{}")).Sample(text => ClaudeRegistryEntry.Read(1, "/r", Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void A_change_in_place_is_told_within_milliseconds()
    {
        Write(7, """{"sessionId":"a","status":"idle"}""");
        _registry.Add(_folder);
        Assert.Equal(7, Next());

        var since = Stopwatch.StartNew();
        Write(7, """{"sessionId":"b","status":"busy"}""");
        Assert.Equal(7, Next());
        var took = since.Elapsed;

        var entry = Assert.Single(_registry.Entries[7]);
        Assert.Equal(("b", "busy"), (entry.SessionId, entry.Status));
        Assert.True(took < TimeSpan.FromMilliseconds(500), $"It took {took.TotalMilliseconds} ms.");
    }

    [Fact]
    public void A_half_written_file_keeps_what_it_said_before()
    {
        Write(7, """{"sessionId":"a"}""");
        _registry.Add(_folder);
        Next();

        Write(7, """{"sessionId":""");
        _registry.Sweep();
        Assert.Equal("a", Assert.Single(_registry.Entries[7]).SessionId);
        File.Delete(PathOf(7));
        Next();

        Assert.Empty(_registry.Entries[7]);
    }

    [Fact]
    public void Folders_may_appear_vanish_and_come_back()
    {
        var late = Path.Combine(_folder, "not", "yet");
        _registry.Add(late);
        _registry.Add(_folder);

        Directory.CreateDirectory(Path.Combine(late, "sessions"));
        File.WriteAllText(Path.Combine(late, "sessions", "8.json"), """{"sessionId":"late"}""");
        Assert.Equal(8, Next());
        Directory.Delete(Path.Combine(late, "sessions"), recursive: true);
        _registry.Sweep();
        Assert.Equal(8, Next());
        Directory.CreateDirectory(Path.Combine(late, "sessions"));
        _registry.Sweep();
        File.WriteAllText(Path.Combine(late, "sessions", "9.json"), """{"sessionId":"again"}""");

        Assert.Equal(9, Next());
    }

    [Fact]
    public void Other_files_are_left_alone()
    {
        Write(7, """{"sessionId":"a"}""");
        File.WriteAllText(Path.Combine(_folder, "sessions", "7.key"), "secret");
        File.WriteAllText(Path.Combine(_folder, "sessions", "pid-7.json"), "{}");
        _registry.Add(_folder);

        Assert.Equal(7, Next());
        Assert.Single(_registry.Entries);
    }

    public void Dispose()
    {
        _registry.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private int Next() => _changed.TryTake(out var pid, Patience) ? pid : throw new TimeoutException("No change was told.");

    private string PathOf(int pid) => Path.Combine(_folder, "sessions", $"{pid}.json");

    private void Write(int pid, string json)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(pid))!);
        File.WriteAllText(PathOf(pid), json);
    }
}
