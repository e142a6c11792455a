using System.Text.Json;
using Muse.Testing;

namespace Muse.Sessions.Tests.Features.SearchItems;

/// <summary>Whatever can be opened is found, and opens: needles of all kinds in the files of all agents, none missed.</summary>
public sealed class NeedleTests
{
    private const int Fewest = 300;

    [Fact]
    public async Task Every_needle_is_found_and_its_hit_opens_on_it()
    {
        await using var muse = new MuseHost();
        var words = new NeedleWords();
        var needles = await PlantAsync(muse, words);
        Assert.True(needles.Count >= Fewest, $"Only {needles.Count} are planted.");

        var missed = new List<string>();
        foreach (var needle in needles)
        {
            if (await FaultAsync(muse, needle) is { } fault)
            {
                missed.Add($"{needle.Kind}: {needle.Mode} '{needle.Query}' {fault}");
            }
        }

        Assert.True(missed.Count == 0, $"{missed.Count} of {needles.Count}:\n{string.Join('\n', missed)}");
    }

    // What is planted as a word is a part of a text, and a match, too.
    [Theory]
    [InlineData("substring")]
    [InlineData("regex")]
    public async Task Every_planted_word_is_found_in_the_bytes(string mode)
    {
        await using var muse = new MuseHost();
        var needles = (await PlantAsync(muse, new NeedleWords())).Where(n => n.Mode == "words" && n.Query == n.Text).ToList();

        var missed = new List<string>();
        foreach (var needle in needles.Select(n => n with { Mode = mode, Query = mode == "regex" ? $"{n.Text[..^1]}[{n.Text[^1]}_]" : n.Text }))
        {
            if (await FaultAsync(muse, needle) is { } fault)
            {
                missed.Add($"{needle.Kind}: '{needle.Query}' {fault}");
            }
        }

        Assert.True(missed.Count == 0 && needles.Count > 100, $"{missed.Count} of {needles.Count}:\n{string.Join('\n', missed)}");
    }

    private static async Task<List<Needle>> PlantAsync(MuseHost muse, NeedleWords words)
    {
        var claude = Enumerable.Range(0, 6).Select(i => new ClaudeNeedles(muse, words, $"c{i}")).ToList();
        claude.ForEach(c => c.Write());
        claude[0].WriteLong();
        claude[1].WriteLong();
        var others = Enumerable.Range(0, 12).Select(i => new OtherNeedles(muse, words, i)).ToList();
        others[..5].ForEach(o => o.WriteCodex());
        others[5..9].ForEach(o => o.WriteGemini());
        others[9..].ForEach(o => o.WriteGeminiDocument());
        await muse.IndexAsync();
        claude.ForEach(c => c.Append());
        await muse.IndexAsync();
        return [.. claude.SelectMany(c => c.Planted), .. others.SelectMany(o => o.Planted)];
    }

    /// <summary>Null if the needle is found where it is, once, and the hit's item shows it.</summary>
    private static async Task<string?> FaultAsync(MuseHost muse, Needle needle)
    {
        var groups = needle.Mode == "words"
            ? (await muse.GetAsync<JsonElement>($"/api/search?q={Uri.EscapeDataString(needle.Query)}")).GetProperty("groups").EnumerateArray().ToList()
            : (await ScanEvents.OfAsync(muse, needle.Mode, needle.Query)).Groups.ToList();
        var hits = groups.SelectMany(g => g.GetProperty("hits").EnumerateArray().Select(h => (Session: g.GetProperty("session").GetProperty("id").GetString(), Hit: h))).ToList();
        if (hits.Count != 1)
        {
            return $"is found {hits.Count} times";
        }

        var (session, hit) = hits[0];
        var agent = hit.GetProperty("agentId").GetString();
        if ((session, agent) != (needle.Session, needle.Agent))
        {
            return $"is found in {session} {agent}";
        }

        var of = agent is null ? "" : $"agent={Uri.EscapeDataString(agent)}";
        var id = hit.GetProperty("id").GetString();
        var window = await muse.GetAsync<JsonElement>($"/api/sessions/{session}?around={id}&limit=5&{of}");
        if (!window.GetProperty("items").EnumerateArray().Any(i => i.GetProperty("id").GetString() == id))
        {
            return $"is found in item {id}, and the window around it has no such item";
        }

        var opened = string.Join('\n', Texts(await muse.GetAsync<JsonElement>($"/api/sessions/{session}/items/{id}?{of}")));
        return opened.Contains(needle.Text, StringComparison.OrdinalIgnoreCase) || await IsInRawAsync(muse, $"/api/sessions/{session}/items/{id}/raw?{of}", needle.Text)
            ? null
            : $"opens on item {id}, which does not show it";
    }

    /// <summary>What is cut when it is opened stands in the raw line.</summary>
    private static async Task<bool> IsInRawAsync(MuseHost muse, string address, string text)
    {
        using var response = await muse.Client.GetAsync(new Uri($"{address}&part=result", UriKind.Relative));
        return response.IsSuccessStatusCode && (await response.Content.ReadAsStringAsync()).Contains(text, StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Texts(p.Value)),
        _ => [],
    };
}
