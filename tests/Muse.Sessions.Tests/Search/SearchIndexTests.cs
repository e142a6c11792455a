using Muse.Sessions.Tests.Ingest;

namespace Muse.Sessions.Tests.Search;

/// <summary>The index follows what is read: appended, changed, rewritten and gone; killed and begun again.</summary>
public sealed class SearchIndexTests : IAsyncLifetime
{
    private readonly IngestHome _home = new();

    public async ValueTask InitializeAsync()
    {
        File.WriteAllText(_home.Transcript(), IngestHome.Prompt("one needle") + IngestHome.Prompt("two parseLine"));
        await _home.StartAsync();
        await _home.IndexAsync();
    }

    public ValueTask DisposeAsync() => _home.DisposeAsync();

    [Theory]
    [InlineData("needle", 1)]
    [InlineData("NEEDLE", 1)]
    [InlineData("parse", 1)]
    [InlineData("line", 1)]
    [InlineData("parseline", 1)]
    [InlineData("need", 0)]
    public void What_was_said_is_found(string word, int hits) => Assert.Equal(hits, _home.Hits(word));

    [Fact]
    public async Task A_second_pass_with_nothing_new_indexes_nothing()
    {
        var indexed = _home.Work["search.itemsIndexed"];
        Assert.Equal(2, indexed);

        await _home.SweepAsync();
        await _home.IndexAsync();

        Assert.Equal(indexed, _home.Work["search.itemsIndexed"]);
    }

    [Fact]
    public async Task An_appended_line_costs_that_line()
    {
        IngestHome.Append(_home.Transcript(), IngestHome.Prompt("three haystack"));
        await _home.SweepAsync();
        await _home.IndexAsync();

        Assert.Equal(3, _home.Work["search.itemsIndexed"]);
        Assert.Equal((1, 1), (_home.Hits("haystack"), _home.Hits("needle")));
    }

    [Fact]
    public async Task What_was_indexed_in_many_parts_is_merged_now_and_then_and_found()
    {
        const int parts = 12;
        for (var i = 0; i < parts; i++)
        {
            IngestHome.Append(_home.Transcript(), IngestHome.Prompt($"part{i} straw"));
            await _home.SweepAsync();
            await _home.IndexAsync();
        }

        Assert.InRange(_home.Work["search.merges"], 2, parts / 2);
        Assert.Equal((parts, 1, 1), (_home.Hits("straw"), _home.Hits("part7"), _home.Hits("needle")));
    }

    [Fact]
    public async Task After_a_restart_nothing_is_indexed_again()
    {
        await _home.StopAsync();
        await _home.StartAsync();
        await _home.IndexAsync();

        Assert.Equal(0, _home.Work["search.itemsIndexed"]);
        Assert.Equal(1, _home.Hits("needle"));
    }

    [Fact]
    public async Task Text_of_a_rewritten_file_is_not_found_any_more()
    {
        File.WriteAllText(_home.Transcript(), IngestHome.Prompt("entirely other words than before"));
        await _home.SweepAsync();
        await _home.IndexAsync();

        Assert.Equal((0, 0, 1), (_home.Hits("needle"), _home.Hits("parse"), _home.Hits("entirely")));
        Assert.Equal(2, _home.Work["search.documentsRemoved"]);
    }

    [Fact]
    public async Task Output_that_comes_later_is_found_in_the_call()
    {
        IngestHome.Append(_home.Transcript(), """{"type":"assistant","uuid":"c1","message":{"id":"m1","role":"assistant","content":[{"type":"tool_use","id":"t1","name":"Bash","input":{"command":"ls -la /srv/haystack"}}]},"timestamp":"2026-11-01T10:00:05.000Z"}""" + "\n");
        await _home.SweepAsync();
        await _home.IndexAsync();
        Assert.Equal((1, 0), (_home.Hits("haystack"), _home.Hits("straw")));

        IngestHome.Append(_home.Transcript(), """{"type":"user","uuid":"r1","message":{"role":"user","content":[{"tool_use_id":"t1","type":"tool_result","content":"nothing but straw","is_error":true}]},"timestamp":"2026-11-01T10:00:06.000Z"}""" + "\n");
        await _home.SweepAsync();
        await _home.IndexAsync();

        Assert.Equal((1, 1, 1), (_home.Hits("haystack"), _home.Hits("straw"), _home.Hits("\u0001is:error\u0002")));
        Assert.Equal(["3"], _home.Index("SELECT count(*) FROM documents"));
    }

    [Fact]
    public async Task An_index_of_another_database_is_begun_anew()
    {
        await _home.StopAsync();
        File.Delete(_home.DatabasePath);
        File.WriteAllText(_home.Transcript(), IngestHome.Prompt("a new start"));
        await _home.StartAsync();
        await _home.IndexAsync();

        Assert.Equal((0, 1), (_home.Hits("needle"), _home.Hits("start")));
    }

    [Fact]
    public async Task A_damaged_index_is_made_again()
    {
        await _home.StopAsync();
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(_home.DatabasePath)!, "search.db"), new string('x', 20_000));
        await _home.StartAsync();
        await _home.IndexAsync();

        Assert.Equal(1, _home.Hits("needle"));
    }

    [Fact]
    public async Task What_was_interrupted_goes_on_where_it_stood()
    {
        await File.AppendAllLinesAsync(_home.Transcript(), Enumerable.Range(0, 9000).Select(i => IngestHome.Prompt($"straw number{i}").TrimEnd('\n')));
        await _home.SweepAsync();
        using (var stop = new CancellationTokenSource())
        {
            var rests = 0;
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _home.IndexAsync(async ct =>
            {
                if (++rests == 3)
                {
                    await stop.CancelAsync();
                }

                ct.ThrowIfCancellationRequested();
            }, stop.Token));
        }

        var before = _home.Hits("straw");
        Assert.InRange(before, 1, 8999);

        await _home.StopAsync();
        await _home.StartAsync();
        await _home.IndexAsync();

        Assert.Equal(9000, _home.Hits("straw"));
        Assert.Equal(9000 - before, _home.Work["search.itemsIndexed"]);
        Assert.Equal(["9002|9002"], _home.Index("SELECT count(*), count(DISTINCT item) FROM documents"));
    }

    [Fact]
    public async Task The_newest_items_are_searchable_first()
    {
        await _home.StopAsync();
        File.Delete(Path.Combine(Path.GetDirectoryName(_home.DatabasePath)!, "search.db"));
        await File.AppendAllLinesAsync(_home.Transcript(), Enumerable.Range(0, 9000).Select(i => IngestHome.Prompt($"straw number{i}").TrimEnd('\n')));
        await _home.StartAsync();
        var rests = 0;
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _home.IndexAsync(async ct =>
        {
            if (++rests == 3)
            {
                await stop.CancelAsync();
            }

            ct.ThrowIfCancellationRequested();
        }, stop.Token));

        Assert.Equal((1, 0), (_home.Hits("number8999"), _home.Hits("needle")));
    }
}
