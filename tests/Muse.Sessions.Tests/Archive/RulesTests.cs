using System.Text.Json;
using Microsoft.Extensions.Options;
using Muse.Testing;

namespace Muse.Sessions.Tests.Archive;

/// <summary>What the owner and the disk allow, and what an agent is about to delete.</summary>
public sealed class RulesTests
{
    [Fact]
    public async Task What_is_older_than_the_owner_wants_is_given_up_and_not_kept_again()
    {
        await using var home = With("KeepDays", "10");
        home.Write(4);
        await home.SettleAndKeepAsync();
        var old = home.Store.All()[0];
        home.Query($"UPDATE sessions_kept_files SET modified_ns = modified_ns - 864000000000000 * 2 WHERE id = {old.Id}");
        home.Query($"UPDATE sessions_generations SET modified_ns = modified_ns - 864000000000000 * 2 WHERE id = {old.Generation}");

        await home.KeepAsync();
        await home.KeepAsync();

        Assert.Equal((5, 1), (home.Store.All().Count, home.Store.All().Count(k => k.Dropped)));
        Assert.False(File.Exists(home.Archive.PathOf(old)));
        Assert.True(File.Exists(old.Path));
        var answer = await home.Host.GetAsync<JsonElement>("/api/archive");
        Assert.Equal((4, 1, 10), (answer.GetProperty("files").GetInt32(), answer.GetProperty("dropped").GetInt32(), answer.GetProperty("retention").GetProperty("days").GetInt32()));
    }

    [Fact]
    public async Task The_oldest_go_first_when_the_archive_grows_over_its_size()
    {
        await using var home = With("KeepMegabytes", "1");
        var random = new Random(1);
        for (var i = 0; i < 4; i++)
        {
            var transcript = new ClaudeTranscript(home.Host.Home, $"{i:x8}-0000-4000-8000-000000000000", "/home/ann/shop", null) { AtMs = 1_770_000_000_000 };
            var noise = new byte[300_000];
            random.NextBytes(noise);
            transcript.Prompt(Convert.ToBase64String(noise));
        }

        await home.SettleAndKeepAsync();

        var all = home.Store.All();
        Assert.Equal([true, false, false, false], all.Select(k => k.Dropped));
        Assert.InRange(Directory.EnumerateFiles(home.Archive.Folder).Sum(f => new FileInfo(f).Length), 1, 1_000_000);
        await home.KeepAsync();
        Assert.Equal(all.Select(k => k.Dropped), home.Store.All().Select(k => k.Dropped));
    }

    [Fact]
    public void A_rule_that_makes_no_sense_is_refused_at_the_start()
    {
        var refused = Assert.Throws<OptionsValidationException>(() => With("KeepDays", "0"));

        Assert.Contains("KeepDays", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_without_room_says_how_much_is_needed_and_room_lets_it_go_on()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Muse:Sessions:Archive:ReserveMegabytes"] = "100000000" };
        await using var home = new KeptHome(settings);
        home.Write(3);
        await home.SettleAndKeepAsync();

        var answer = await home.Host.GetAsync<JsonElement>("/api/archive");
        Assert.Equal(("paused", 4, 0), (answer.GetProperty("state").GetString(), answer.GetProperty("filesLeft").GetInt32(), answer.GetProperty("files").GetInt32()));
        Assert.Matches("is full: [0-9]+ MB more are needed", answer.GetProperty("reason").GetString());

        await home.Host.RestartAsync(() => settings["Muse:Sessions:Archive:ReserveMegabytes"] = "0");
        await home.Host.SettleAsync();
        await home.KeepAsync();

        answer = await home.Host.GetAsync<JsonElement>("/api/archive");
        Assert.Equal(("idle", 0, 4), (answer.GetProperty("state").GetString(), answer.GetProperty("filesLeft").GetInt32(), answer.GetProperty("files").GetInt32()));
    }

    [Theory]
    [InlineData(null, 30)]
    [InlineData("{\"cleanupPeriodDays\": 9}", 9)]
    [InlineData("{ \"model\": \"opus\", /* mine */ \"cleanupPeriodDays\": 365, }", 365)]
    [InlineData("{\"cleanupPeriodDays\": \"soon\"}", 30)]
    [InlineData("not json", 30)]
    public void The_days_of_an_agents_clean_up_are_read_from_its_settings(string? settings, int days)
    {
        var root = Directory.CreateTempSubdirectory("muse-cleanup-");
        try
        {
            if (settings is not null)
            {
                File.WriteAllText(Path.Combine(root.FullName, "settings.json"), settings);
            }

            Assert.Equal(days, new Muse.Sessions.Reading.Claude.ClaudeFormat().DeletesAfterDays(root.FullName));
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task What_is_about_to_be_deleted_and_is_not_kept_is_warned_of()
    {
        await using var home = With("Enabled", "true");
        home.Write(3);
        await home.Host.SettleAsync();
        var path = home.Sources.Keys.First(p => p.Contains(".claude", StringComparison.Ordinal) && p.EndsWith("000.jsonl", StringComparison.Ordinal));
        Assert.Empty((await home.Host.GetAsync<JsonElement>("/api/archive")).GetProperty("warnings").EnumerateArray());

        File.SetLastWriteTimeUtc(path, home.Host.Clock.GetUtcNow().UtcDateTime.AddDays(-25));
        await home.Host.SettleAsync();

        var warning = Assert.Single((await home.Host.GetAsync<JsonElement>("/api/archive")).GetProperty("warnings").EnumerateArray());
        Assert.Equal(("claude-code", 30, 1), (warning.GetProperty("agent").GetString(), warning.GetProperty("afterDays").GetInt32(), warning.GetProperty("files").GetInt32()));
        await home.KeepAsync();
        Assert.Empty((await home.Host.GetAsync<JsonElement>("/api/archive")).GetProperty("warnings").EnumerateArray());
    }

    private static KeptHome With(string key, string value) => new(new Dictionary<string, string?>(StringComparer.Ordinal) { [$"Muse:Sessions:Archive:{key}"] = value });
}
