using Muse.Contracts.Sessions;
using Muse.Testing;

namespace Muse.Insights.Tests.Features.GetJournal;

public sealed class JournalFilesTests : IAsyncDisposable
{
    private const string Day = "2026-03-10";
    private readonly JournalHost _journal = new();

    public ValueTask DisposeAsync() => _journal.DisposeAsync();

    [Fact]
    public async Task Markdown_tells_the_day_with_links_to_where_it_was_said()
    {
        await _journal.TellAsync(JournalHost.Asked("s1", $"{Day}T09:00:00", "Widen the beam", 4) with { Errors = [new ErrorSeen(12, JournalHost.At($"{Day}T09:10:00"), "overloaded", "")] });

        var page = await _journal.TextAsync(Day, "md", "Asia/Kathmandu");

        Assert.StartsWith("# Tuesday, 10 March 2026\n", page, StringComparison.Ordinal);
        Assert.Contains("Times of Asia/Kathmandu", page, StringComparison.Ordinal);
        Assert.Contains("- 14:45 Widen the beam ([Untitled session](http://localhost/sessions/s1?focus=4))", page, StringComparison.Ordinal);
        Assert.Contains("- 14:55 1 × overloaded ([Untitled session](http://localhost/sessions/s1?focus=12))", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_day_is_said_to_be_empty() =>
        Assert.Contains("Nothing happened on this day.", await _journal.TextAsync(Day, "md"), StringComparison.Ordinal);

    [Theory]
    [InlineData("![x](http://evil.example/p.png)")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("see http://evil.example/ now")]
    [InlineData("</li><script>x</script>")]
    [InlineData("# heading\n- [ ] item\n| a | b |")]
    [InlineData("`code` **bold** ~~gone~~ &lt; \u202Eevil\u001b[31m")]
    public async Task What_strangers_wrote_is_no_markup(string text)
    {
        await _journal.TellAsync(JournalHost.Asked("s1", $"{Day}T09:00:00", text));

        var page = await _journal.TextAsync(Day, "md");
        var line = page.Split('\n').Single(l => l.Contains("focus=0", StringComparison.Ordinal));

        Assert.DoesNotMatch(@"(?<!\\)[<`*~|]|(?<!\\)\[(?!Untitled)|http://evil|[\u202E\u001b]", line);
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://evil.example\",\"x\")")]
    [InlineData("+1+1")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1+1")]
    [InlineData("\r\n=1+1")]
    [InlineData("a,\"b\"\n=c")]
    public async Task Spreadsheets_find_no_formula_and_no_further_row(string text)
    {
        await _journal.TellAsync(JournalHost.Asked("s1", $"{Day}T09:00:00", text));

        var rows = (await _journal.TextAsync(Day, "csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(3, rows.Length);
        Assert.All(rows, row => Assert.DoesNotMatch("(^|,)\"?[=+@-]", row));
        Assert.DoesNotContain('\n', string.Concat(rows));
    }

    [Fact]
    public async Task Every_kind_is_a_row_in_order()
    {
        var at = JournalHost.At($"{Day}T09:00:00");
        await _journal.TellAsync(JournalHost.Asked("s1", $"{Day}T09:00:00", "Widen") with { Tools = [new ToolSeen(7, at + 60_000, "Bash", "error", null)] });

        var rows = (await _journal.TextAsync(Day, "csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.StartsWith("time,until,zone,kind,session", rows[0], StringComparison.Ordinal);
        Assert.Equal(["session", "ask", "errors"], rows[1..].Select(r => r.Split(',')[3]));
        Assert.All(rows[1..], r => Assert.Equal(rows[0].Count(c => c == ','), r.Count(c => c == ',')));
    }
}
