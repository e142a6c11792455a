using System.Globalization;

namespace Muse.Sessions.Tests.Archive;

/// <summary>Agents delete their transcripts; what Muse answers stays the same.</summary>
public sealed class VanishedSourceTests
{
    /// <summary>MUSE_ARCHIVE_SESSIONS=1000 for a longer look.</summary>
    private static readonly int Sessions =
        int.TryParse(Environment.GetEnvironmentVariable("MUSE_ARCHIVE_SESSIONS"), CultureInfo.InvariantCulture, out var asked) ? asked : 60;

    [Fact]
    public async Task Every_answer_is_the_same_when_all_sources_are_gone()
    {
        await using var home = new KeptHome();
        home.Write(Sessions);
        home.WriteGoldens();
        home.Age();
        await home.Host.IndexAsync();
        await home.KeepAsync();
        var before = await Answers.OfAsync(home.Host);

        home.DeleteSources();
        await home.Host.IndexAsync();
        var after = await Answers.OfAsync(home.Host);

        Assert.True(before.Count > Sessions * 20, $"Only {before.Count} answers were compared.");
        AssertSame(before, after);
        Assert.Empty(home.Query("SELECT path FROM sessions_transcripts WHERE NOT missing"));
        Assert.DoesNotContain(after.Values, body => body.Contains("\"state\":\"missing\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task They_are_the_same_after_a_restart_and_when_a_newer_reader_reads_everything_again()
    {
        await using var home = new KeptHome();
        home.Write(12);
        // Of sessions with several files, what is read last is told: those are left to the test above.
        home.WriteGoldens(["Gemini/2025-10-document.json", "Gemini/2026-08-lines.jsonl"]);
        home.Age();
        await home.Host.IndexAsync();
        await home.KeepAsync();
        var before = await Answers.OfAsync(home.Host);
        home.DeleteSources();
        await home.Host.SettleAsync();

        home.Query("UPDATE sessions_generations SET reader_version = 0");
        await home.Host.RestartAsync();
        await home.Host.IndexAsync();

        AssertSame(Undated(before), Undated(await Answers.OfAsync(home.Host)));
        Assert.Equal(["0"], home.Query("SELECT count(*) FROM sessions_generations WHERE reader_version = 0"));
        Assert.Equal(["0"], home.Query("SELECT count(*) FROM sessions_transcripts WHERE NOT missing"));
    }

    [Fact]
    public async Task A_database_made_anew_is_filled_from_the_archive()
    {
        await using var home = new KeptHome();
        home.Write(12);
        home.Age();
        await home.Host.IndexAsync();
        await home.KeepAsync();
        var before = await Answers.OfAsync(home.Host);
        home.DeleteSources();
        await home.Host.SettleAsync();

        await home.Host.RestartAsync(() => Directory.EnumerateFiles(home.Host.Folder, "muse.db*").ToList().ForEach(File.Delete));
        await home.Host.IndexAsync();

        AssertSame(Undated(before), Undated(await Answers.OfAsync(home.Host)));
    }

    [Fact]
    public async Task A_source_that_comes_back_is_no_longer_marked()
    {
        await using var home = new KeptHome();
        home.Write(3);
        await home.SettleAndKeepAsync();
        var sources = home.Sources;
        home.DeleteSources();
        await home.Host.SettleAsync();
        Assert.Equal(3, (await home.Host.GetAsync<System.Text.Json.JsonElement>("/api/sessions?state=kept")).GetProperty("total").GetInt32());

        foreach (var (path, bytes) in sources)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        }

        await home.Host.SettleAsync();
        Assert.Equal(0, (await home.Host.GetAsync<System.Text.Json.JsonElement>("/api/sessions?state=kept")).GetProperty("total").GetInt32());
        Assert.Equal(["0"], home.Query("SELECT count(*) FROM sessions_generations WHERE superseded"));
    }

    [Fact]
    public async Task What_was_not_kept_is_said_to_be_missing()
    {
        await using var home = new KeptHome();
        home.Write(3);
        home.Age();
        await home.Host.SettleAsync();

        home.DeleteSources();
        await home.Host.SettleAsync();

        var facets = await home.Host.GetAsync<System.Text.Json.JsonElement>("/api/sessions/facets");
        var state = Assert.Single(facets.GetProperty("states").EnumerateArray());
        Assert.Equal(("missing", 3), (state.GetProperty("value").GetString(), state.GetProperty("count").GetInt32()));
    }

    /// <summary>Without what tells how often something was read.</summary>
    private static SortedDictionary<string, string> Undated(SortedDictionary<string, string> answers) => new(
        answers.ToDictionary(a => a.Key, a => System.Text.RegularExpressions.Regex.Replace(a.Value, "\"(generation|revision)\":\\d+", "")), StringComparer.Ordinal);

    private static void AssertSame(SortedDictionary<string, string> before, SortedDictionary<string, string> after)
    {
        Assert.Equal(before.Keys, after.Keys);
        foreach (var (address, body) in before)
        {
            Assert.True(body == after[address], $"{address}\n{Difference(body, after[address])}");
        }
    }

    private static string Difference(string before, string after)
    {
        var at = Math.Max(0, before.AsSpan().CommonPrefixLength(after) - 100);
        return $"before: {before[at..Math.Min(before.Length, at + 400)]}\nafter:  {after[at..Math.Min(after.Length, at + 400)]}";
    }
}
