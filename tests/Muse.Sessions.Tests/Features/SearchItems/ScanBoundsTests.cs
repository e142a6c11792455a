using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Muse.Sessions.Domain;
using Muse.Sessions.Features.SearchItems;
using Muse.Sessions.Persistence;
using Muse.Sessions.Search;
using Muse.Testing;

namespace Muse.Sessions.Tests.Features.SearchItems;

/// <summary>A look through the bytes is bounded, and says where it ended and what it did not look at.</summary>
public sealed class ScanBoundsTests : IAsyncLifetime
{
    private readonly MuseHost _muse = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _muse.DisposeAsync();

    // Fails when the oldest lines of a long transcript are looked at instead of the newest, or when a limit is silent.
    [Fact]
    public async Task Of_many_hits_the_newest_are_shown_and_the_others_counted_as_far_as_is_looked()
    {
        var transcript = A.Transcript(_muse, "s").Prompt("first");
        var line = File.ReadAllLines(transcript.Path)[0];
        File.AppendAllLines(transcript.Path, Enumerable.Range(1, 21_000).Select(i => line.Replace("\"first\"", $"\"straw {i}\"", StringComparison.Ordinal)
            .Replace("s-0", $"s-{i}", StringComparison.Ordinal)));
        await _muse.SettleAsync();

        var group = Assert.Single((await ScanEvents.OfAsync(_muse, "substring", "straw")).Groups);

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"straw {21_000 - i}"), group.GetProperty("hits").EnumerateArray().Select(h => h.GetProperty("snippet").GetString()));
        Assert.Equal((180, true), (group.GetProperty("more").GetInt32(), group.GetProperty("atLeast").GetBoolean()));
    }

    [Fact]
    public async Task What_is_counted_to_its_end_is_not_said_to_be_more()
    {
        var transcript = A.Transcript(_muse, "s");
        for (var i = 0; i < 30; i++)
        {
            transcript.Prompt($"straw {i}");
        }

        await _muse.SettleAsync();

        var group = Assert.Single((await ScanEvents.OfAsync(_muse, "substring", "straw")).Groups);

        Assert.Equal((20, 10, false), (group.GetProperty("hits").GetArrayLength(), group.GetProperty("more").GetInt32(), group.GetProperty("atLeast").GetBoolean()));
    }

    [Theory]
    [InlineData("substring", "straw")]
    [InlineData("regex", "str.w\\b")]
    public async Task A_look_goes_on_where_it_ended(string mode, string q)
    {
        for (var i = 0; i < 7; i++)
        {
            A.Transcript(_muse, $"s{i}").Prompt("straw").Reply("none").Prompt("more straw");
        }

        await _muse.SettleAsync();
        var whole = await ScanEvents.OfAsync(_muse, mode, q);
        Assert.Equal((14, JsonValueKind.Null), (whole.Hits.Count, whole.Done.GetProperty("nextCursor").ValueKind));

        var (seen, more, pages) = (new List<(string, string)>(), "&limit=2", 0);
        while (more.Length > 0)
        {
            var page = await ScanEvents.OfAsync(_muse, mode, q, more);
            seen.AddRange(page.Hits);
            more = page.Done.GetProperty("nextCursor").GetString() is { } cursor ? $"&limit=2&cursor={cursor}" : "";
            Assert.Equal(more.Length > 0 ? "limit" : "complete", page.Reason);
            pages++;
        }

        Assert.Equal(4, pages);
        Assert.Equal(whole.Hits, seen);
    }

    [Fact]
    public async Task A_look_ends_at_as_many_hits_as_are_sent_and_goes_on_from_there()
    {
        for (var i = 0; i < 27; i++)
        {
            var transcript = A.Transcript(_muse, $"s{i}");
            for (var j = 0; j < 20; j++)
            {
                transcript.Prompt($"straw {j}");
            }
        }

        await _muse.SettleAsync();

        var first = await ScanEvents.OfAsync(_muse, "substring", "straw");
        var second = await ScanEvents.OfAsync(_muse, "substring", "straw", $"&cursor={first.Done.GetProperty("nextCursor").GetString()}");

        Assert.Equal(("hits", 500, "complete", 40), (first.Reason, first.Hits.Count, second.Reason, second.Hits.Count));
        Assert.Equal(540, first.Hits.Concat(second.Hits).Distinct().Count());
    }

    // Fails when a transcript that is gone is passed over without a word.
    [Fact]
    public async Task What_is_gone_is_told_and_its_previews_are_looked_at()
    {
        A.Transcript(_muse, "here").Prompt("straw");
        var gone = A.Transcript(_muse, "gone").Prompt("more straw");
        await _muse.SettleAsync();
        File.Delete(gone.Path);

        foreach (var settled in new[] { false, true })
        {
            var events = await ScanEvents.OfAsync(_muse, "substring", "straw");

            Assert.Equal(2, events.Hits.Count);
            Assert.Equal((1, 0, 0), (events.Done.GetProperty("missing").GetInt32(), events.Done.GetProperty("unread").GetInt32(), events.Done.GetProperty("tooLong").GetInt32()));
            Assert.True(settled || events.Reason == "complete");
            await _muse.SettleAsync();
        }
    }

    // Fails when an expression that takes too long over an item is taken for one that is not in it.
    [Fact]
    public async Task What_takes_too_long_is_told()
    {
        var random = new Random(3);
        A.Transcript(_muse, "s").Prompt(new string([.. Enumerable.Range(0, 3_900_000).Select(_ => "ab"[random.Next(2)])])).Prompt($"a{new string('b', 300)}c");
        await _muse.SettleAsync();
        var source = Assert.Single(_muse.Services.GetRequiredService<SearchSources>().All());
        var scan = new TranscriptScan(
            source, TextPattern.OfRegex("a[ab]{300}c", TimeSpan.FromMilliseconds(100)).Pattern!, SearchQueryParser.ParseFilters("any").Filters!,
            _muse.Services.GetRequiredService<SessionReads>(), _muse.Services.GetRequiredService<ItemReader>());

        var finds = scan.Look(Assert.Single(scan.Parts(long.MaxValue)), _ => { }, CancellationToken.None);

        Assert.Equal((1, 1), (finds.TooLong, Assert.Single(finds.Items).Hit.Id == "1" ? 1 : 0));
        Assert.Equal(1, Told(source, finds));
    }

    private static int Told(SearchSource source, ScanFinds finds)
    {
        var tally = new ScanTally(1);
        tally.Take(source, finds, out _);
        return tally.TooLong;
    }

    // Fails when how far a look is moves only from file to file.
    [Fact]
    public async Task Within_a_large_transcript_it_is_told_how_far_the_look_is()
    {
        var transcript = A.Transcript(_muse, "s").Prompt(string.Concat(Enumerable.Repeat("word number 12 ", 60)));
        var line = File.ReadAllLines(transcript.Path)[0];
        File.AppendAllLines(transcript.Path, Enumerable.Range(1, 40_000).Select(i => line.Replace("s-0", $"s-{i}", StringComparison.Ordinal)));
        await _muse.SettleAsync();

        // An expression of which nothing can be told: every item is read.
        var events = await ScanEvents.OfAsync(_muse, "regex", "[a-z-[aeiou]]{9}");

        Assert.Equal("complete", events.Reason);
        Assert.Contains(events.Progress, p => p.GetProperty("filesDone").GetInt32() == 0
            && p.GetProperty("bytesDone").GetInt64() > 0 && p.GetProperty("bytesDone").GetInt64() < p.GetProperty("bytesTotal").GetInt64());
        Assert.Equal(events.Done.GetProperty("progress").GetProperty("bytesTotal").GetInt64(), events.Done.GetProperty("progress").GetProperty("bytesDone").GetInt64());
    }

    [Theory]
    [InlineData("&limit=0", "limit", "100")]
    [InlineData("&cursor=1-2", "cursor", "nextCursor")]
    [InlineData("&cursor=zz-1-1", "cursor", "nextCursor")]
    public async Task A_wrong_limit_or_cursor_is_named(string more, string parameter, string word)
    {
        var (_, problem) = await _muse.GetProblemAsync($"/api/search?mode=substring&q=straw{more}");

        Assert.Contains(word, problem.GetProperty("errors").GetProperty(parameter)[0].GetString(), StringComparison.Ordinal);
    }
}
