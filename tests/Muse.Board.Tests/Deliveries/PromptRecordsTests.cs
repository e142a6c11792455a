using Muse.Board.Adoption;
using Muse.Board.Deliveries;
using Muse.Board.Domain;
using Muse.Board.Processes;
using Muse.Board.Watching;
using Muse.BuildingBlocks.Web;

namespace Muse.Board.Tests.Deliveries;

public sealed class PromptRecordsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("records");
    private readonly OneAgent _agents = new();

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private string File => Path.Combine(_folder.FullName, "session.jsonl");

    [Theory]
    [InlineData("""{"type":"user","message":{"content":"light it"}}""", true)]
    [InlineData("""{"type":"user","message":{"content":[{"type":"text","text":" light it"}]}}""", true)]
    [InlineData("""{"type":"queue-operation","operation":"enqueue","content":"light it"}""", true)]
    [InlineData("""{"type":"response_item","payload":{"type":"message","role":"user","content":[{"type":"input_text","text":"light it"}]}}""", true)]
    [InlineData("""{"id":"m1","type":"user","content":[{"text":"light it"}]}""", true)]
    [InlineData("""{"type":"response_item","payload":{"type":"message","role":"assistant","content":[{"type":"output_text","text":"light it"}]}}""", false)]
    [InlineData("""{"id":"m1","type":"gemini","content":"light it"}""", false)]
    [InlineData("""{"type":"user","message":{"content":"light it again"}}""", false)]
    [InlineData("""{"$set":{"lastUpdated":"2026-01-01T00:00:00Z"}}""", false)]
    [InlineData("""{"type":"user","message":{"conte""", false)]
    public void A_prompt_is_told_in_the_words_of_each_agent(string line, bool isPrompt) => Assert.Equal(isPrompt, PromptRecords.IsPrompt(line, "light it"));

    [Theory]
    [InlineData("codex")]
    [InlineData("gemini")]
    public void Only_what_is_written_after_the_mark_counts(string agent)
    {
        System.IO.File.WriteAllText(File, Line("light it", Now));
        _agents.Is(agent, File);
        var records = Records();
        var mark = records.Mark(Card(agent));

        Assert.False(records.Holds(mark, "light it"));
        System.IO.File.AppendAllText(File, Line("light it", Now.AddSeconds(1)));
        Assert.True(records.Holds(mark, "light it"));
    }

    [Fact]
    public void Of_a_file_that_the_first_prompt_opens_only_what_is_new_counts()
    {
        _agents.Is("gemini", null);
        var records = Records();
        var mark = records.Mark(Card("gemini"));

        Assert.False(records.Holds(mark, "light it"));
        System.IO.File.WriteAllText(File, Line("light it", Now.AddDays(-1)));
        _agents.Is("gemini", File);
        Assert.False(records.Holds(mark, "light it"));
        System.IO.File.AppendAllText(File, Line("light it", Now.AddSeconds(1)));
        Assert.True(records.Holds(mark, "light it"));
    }

    [Fact]
    public void A_file_that_may_be_another_programs_proves_nothing()
    {
        _agents.Is("gemini", File, Confidence.Low);
        var records = Records();
        var mark = records.Mark(Card("gemini"));
        System.IO.File.WriteAllText(File, Line("light it", Now.AddSeconds(1)));

        Assert.False(records.Holds(mark, "light it"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Line(string text, DateTimeOffset at) => $$"""{"id":"{{Guid.CreateVersion7(at)}}","timestamp":"{{at:O}}","type":"user","content":[{"text":"{{text}}"}]}""" + "\n";

    private static Card Card(string agent)
    {
        var card = new Card("c", agent);
        card.Occupy(new ProcessKey(7, "700"), null, null);
        return card;
    }

    private PromptRecords Records() => new(_agents, new ProcReader(new WorkCounters()), TimeProvider.System);

    private sealed class OneAgent : IAgentSource
    {
        public IReadOnlyCollection<AgentProcess> Agents { get; private set; } = [];

        public Task FirstLook => Task.CompletedTask;

        public void Is(string agent, string? transcript, Confidence confidence = Confidence.Likely) =>
            Agents = [new AgentProcess(agent, 7, "700", "/home/ada/lamp", null, null, transcript, "made up", confidence, true, false, null)];

        public async IAsyncEnumerable<LiveChange<AgentKey, AgentProcess>> Changes([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
        {
            await Task.Yield();
            yield break;
        }
    }
}
