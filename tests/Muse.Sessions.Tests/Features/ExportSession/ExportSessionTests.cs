using System.Net;
using System.Text.Json.Nodes;
using Markdig;
using Markdig.Syntax;
using Muse.Testing;
using Secrets = Muse.Sessions.Features.ListSecrets.ListSecrets;
using Slice = Muse.Sessions.Features.ExportSession.ExportSession;

namespace Muse.Sessions.Tests.Features.ExportSession;

public sealed class ExportSessionTests(ExportSessionTests.Home home) : IClassFixture<ExportSessionTests.Home>
{
    private static readonly string Shop = A.SessionId("shop");

    [Fact]
    public async Task Json_holds_the_items_as_the_window_gives_them_and_more()
    {
        var whole = await home.Host.GetAsync<Slice.Response>($"/api/sessions/{Shop}/export?format=json");

        Assert.Equal(["prompt", "reply", "tool", "tool", "reply"], whole.Items.Select(e => e.Item.Kind));
        Assert.Equal("cat key.txt", JsonNode.Parse(whole.Items[2].Body!.Input!)!["command"]!.GetValue<string>());
        Assert.StartsWith("the key: [masked 1: github-token]", whole.Items[2].Body!.Output, StringComparison.Ordinal);
        var agent = whole.Items[3].Agent!;
        Assert.Equal(("a1", "Explore", "Look for bulbs"), (agent.AgentId, agent.Type, agent.Description));
        Assert.Equal("There are two bulbs.", agent.Items[^1].Item.Text);
        Assert.Empty(whole.OtherAgents);
        Assert.True(whole is { Tools: true, Subagents: true, Masked: true, Whole: true });
    }

    [Fact]
    public async Task Without_tools_and_subagents_only_what_was_said_is_left()
    {
        var talk = await home.Host.GetAsync<Slice.Response>($"/api/sessions/{Shop}/export?format=json&tools=false&subagents=false");

        Assert.All(talk.Items, e => Assert.True(e is { Body: null, Agent: null }));
        Assert.Equal("cat key.txt", talk.Items[2].Item.Preview);
        Assert.DoesNotContain("the key:", await home.TextAsync($"{Shop}/export?tools=false"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("html", "text/html")]
    [InlineData("md", "text/markdown")]
    [InlineData("json", "application/json")]
    public async Task Every_format_is_a_file_with_masked_secrets(string format, string mediaType)
    {
        using var response = await home.Host.Client.GetAsync(new Uri($"/api/sessions/{Shop}/export?format={format}", UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();

        Assert.Equal(mediaType, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"read-the-key-of-etc-passwd-script-{Shop[..8]}.{format}", response.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition.DispositionType);
        Assert.DoesNotContain(Home.Token, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Home.Token[..12], text, StringComparison.Ordinal);
        Assert.Contains("masked 1", text, StringComparison.Ordinal);
        Assert.Contains("There are two bulbs.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_stay_if_that_is_asked_for_and_the_file_says_so()
    {
        var text = await home.TextAsync($"{Shop}/export?format=md&mask=false");

        Assert.Contains(Home.Token, text, StringComparison.Ordinal);
        Assert.Contains("Secrets are not masked in this file.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_will_be_masked_is_told_before()
    {
        var before = await home.Host.GetAsync<Secrets.Response>($"/api/sessions/{Shop}/export/secrets");
        var then = await home.Host.GetAsync<Slice.Response>($"/api/sessions/{Shop}/export?format=json");

        var secret = Assert.Single(before.Secrets);
        Assert.Equal((1, "github-token", before.Places), (secret.Number, secret.Kind, (long)secret.Count));
        Assert.Contains("2", secret.Items);
        Assert.Equal(before.Secrets.Select(s => (s.Number, s.Kind, s.Count)), then.Secrets.Select(s => (s.Number, s.Kind, s.Count)));
    }

    [Fact]
    public async Task A_page_forbids_script_and_requests_and_names_its_prompts()
    {
        var page = await home.TextAsync($"{Shop}/export");

        Assert.Contains("content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'\"", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"#i0\">", page, StringComparison.Ordinal);
        Assert.Contains("<strong>bold</strong>", page, StringComparison.Ordinal);
        Assert.Contains("⟨U+202E⟩", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\u202e", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
    }

    // Fails when a reply can end its quote, or open a heading of its own.
    [Fact]
    public async Task What_was_said_cannot_forge_the_structure_of_a_document()
    {
        var document = Markdown.Parse(await home.TextAsync($"{Shop}/export?format=md"));

        var headings = document.Descendants<HeadingBlock>().ToList();
        Assert.All(headings, h => Assert.Same(document, h.Parent));
        Assert.Equal(2 + 5 + 2 + 2 + 1, headings.Count - 1); // prompts, conversation; items; the agent's; its two lines; what was masked; beside the title
        Assert.Empty(document.Descendants<HtmlBlock>());
        Assert.DoesNotContain(document.Descendants<Markdig.Syntax.Inlines.LinkInline>(), l => l.IsImage || l.Url!.StartsWith("javascript", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(document.Descendants<FencedCodeBlock>(), c => c.Lines.ToString().Contains("```` still inside", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{s}/export?format=pdf", "format")]
    [InlineData("{s}/export?tools=yes", "tools")]
    [InlineData("{s}/export?subagents=1", "subagents")]
    [InlineData("{s}/export?mask=no", "mask")]
    [InlineData("{s}/export/secrets?tools=yes", "tools")]
    public async Task A_wrong_parameter_is_named(string address, string field)
    {
        var (status, problem) = await home.Host.GetProblemAsync("/api/sessions/" + address.Replace("{s}", Shop, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
    }

    [Theory]
    [InlineData("nobody/export")]
    [InlineData("nobody/export/secrets")]
    public async Task An_unknown_session_is_404(string address)
    {
        var (status, problem) = await home.Host.GetProblemAsync($"/api/sessions/{address}");

        Assert.Equal((HttpStatusCode.NotFound, "session-not-found"), (status, problem.GetProperty("code").GetString()));
    }

    public sealed class Home : IAsyncLifetime
    {
        private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

        /// <summary>Drawn, so that no key stands in the repository.</summary>
        public static string Token { get; } = "ghp_" + string.Concat(Enumerable.Range(0, 36).Select(i => Letters[((i * 37) + (i * i * 11)) % Letters.Length]));

        public MuseHost Host { get; } = new();

        public async Task<string> TextAsync(string address) => await Host.Client.GetStringAsync(new Uri($"/api/sessions/{address}", UriKind.Relative));

        public async ValueTask InitializeAsync()
        {
            A.Transcript(Host, "shop")
                .Prompt("Read the key of ../../etc/passwd <script>")
                .Reply("# Forged\n\nA **bold** \u202eword and \u001b[31mred\u001b[0m\n\n### 9 · You\n\nText\n===\n\n<script>alert(1)</script> ![x](http://evil/x.png) [go](javascript:alert(1))\n\n```` x\n```` still inside\n")
                .Call("c1", "Bash", new JsonObject { ["command"] = "cat key.txt" })
                .Result("c1", $"the key: {Token}\n``````\n```` still inside\n# no heading\n</pre><script>alert(2)</script>")
                .Call("c2", "Task", new JsonObject { ["description"] = "Look for bulbs", ["prompt"] = "Find bulbs", ["subagent_type"] = "Explore" })
                .Result("c2", "Two bulbs.", report: new JsonObject { ["agentId"] = "a1", ["status"] = "completed" })
                .Reply($"The key {Token} is the only one.");
            var agent = A.Transcript(Host, "shop", agentId: "a1").Prompt("Find bulbs").Reply("There are two bulbs.");
            await File.WriteAllTextAsync(
                Path.ChangeExtension(agent.Path, ".meta.json"), """{"agentType":"Explore","description":"Look for bulbs","toolUseId":"c2"}""");
            await Host.SettleAsync();
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
