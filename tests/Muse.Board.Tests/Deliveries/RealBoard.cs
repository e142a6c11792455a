using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Muse.Board.Deliveries;
using Muse.Board.Domain;
using Muse.Board.Features.GetBoard;
using Muse.Board.Features.GetCard;
using Muse.Board.Features.ListDeliveries;
using Muse.Board.Tests.Adoption;
using Muse.Board.Tests.Tmux;
using Muse.Board.Tmux;
using Muse.Testing;
using Xunit.Sdk;

namespace Muse.Board.Tests.Deliveries;

/// <summary>A host that watches a real program in a private tmux.</summary>
internal sealed class RealBoard : IAsyncDisposable
{
    private readonly RealAgents _real;
    private readonly string _agent;

    private RealBoard(RealAgents real, string agent)
    {
        (_real, _agent) = (real, agent);
        Muse = MuseHost.Live(
            new Dictionary<string, string?>
            {
                ["Muse:Sessions:Home"] = real.Adopted.Home,
                ["Muse:Board:Live:Watch"] = "true",
                ["Muse:Board:Live:SocketFolder"] = Tmux.Options.SocketFolder,
                ["Muse:Board:Live:Home"] = real.Adopted.Home,
                ["Muse:Board:Live:SweepSeconds"] = "1",
            });
    }

    public MuseHost Muse { get; }

    public RealAgents Agents => _real;

    public PrivateTmux Tmux => _real.Adopted.Tmux;

    /// <summary>Of this test's server; others may run on the machine.</summary>
    public PaneId Pane => Tmux.Servers.Panes.Single(p => p.Id.Socket == Tmux.Socket).Id;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Claude Code as a subscriber uses it, without a key: only then it knows of usage limits.</summary>
    public static async Task<RealBoard> SubscribedAsync()
    {
        var real = await RealAgents.StartAsync("claude");
        var login = Path.Combine(Directory.CreateDirectory(Path.Combine(real.Adopted.Home, ".claude")).FullName, ".credentials.json");
        await File.WriteAllTextAsync(
            login,
            """{"claudeAiOauth":{"accessToken":"made-up","refreshToken":"made-up","expiresAt":4102444800000,"scopes":["user:inference","user:profile"],"subscriptionType":"max"}}""",
            Ct);
        real.Run("claude", ["ANTHROPIC_API_KEY="], "--permission-mode", "manual");
        return new RealBoard(real, "claude");
    }

    public static async Task<RealBoard> StartAsync(string agent)
    {
        var real = await RealAgents.StartAsync(agent);
        real.Run(agent, [], agent switch
        {
            "claude" => ["--permission-mode", "manual"],
            "codex" => [],
            _ => ["-m", "gemini-2.5-flash"],
        });
        return new RealBoard(real, agent);
    }

    /// <summary>The card of the program once it waits for a prompt.</summary>
    public async Task<string> IdleAsync() => (await StateAsync(c => c.State is "idle" or "done")).Id;

    public async Task<CardView> StateAsync(Predicate<CardView> isSo)
    {
        CardView? found = null;
        IReadOnlyList<CardView> cards = [];
        try
        {
            await PrivateTmux.UntilAsync(() =>
            {
                cards = [.. Muse.GetAsync<GetBoard.Response>("/api/board").Result.Lanes.SelectMany(l => l.Cards)];
                return (found = cards.FirstOrDefault(c => IsOwn(c) && c.Pane is not null && (c.SessionId is not null || _agent != "claude") && c.State != "ended" && isSo(c))) is not null;
            });
        }
        catch (TrueException)
        {
            Assert.Fail($"No such card. The board: {string.Join("; ", cards.Select(c => $"{c.State} {c.Reason} by {c.Source}: {c.Detail}"))}. The screen:\n{Screen()}");
        }

        return found!; // or it had failed
    }

    /// <summary>Waits until the program of the card is known to be gone.</summary>
    public async Task EndedAsync(string card)
    {
        try
        {
            await PrivateTmux.UntilAsync(() => CardOf(card).Card.State == "ended");
        }
        catch (TrueException)
        {
            Assert.Fail(JsonSerializer.Serialize(CardOf(card)));
        }
    }

    /// <summary>Muse finds every agent of the machine; this test's runs in its own folder.</summary>
    public bool IsOwn(CardView card) => card.Cwd?.StartsWith(Tmux.Folder, StringComparison.Ordinal) == true;

    /// <summary>Of this test's program, those of sessions before it included.</summary>
    public IReadOnlyList<CardView> Cards() => [.. Muse.GetAsync<GetBoard.Response>("/api/board").Result.Lanes.SelectMany(l => l.Cards).Where(IsOwn)];

    /// <summary>Lets the answers go on that the stand-in for the model holds back.</summary>
    public Task ReleaseAsync() => _real.ReleaseAsync();

    public GetCard.Response CardOf(string card) => Muse.GetAsync<GetCard.Response>($"/api/board/cards/{card}").Result;

    public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string address, object body)
    {
        using var response = await Muse.Client.PostAsJsonAsync(address, body, Ct);
        return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync(Ct)));
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> ReplyAsync(string card, string text) => PostAsync($"/api/board/cards/{card}/reply", new { text });

    /// <summary>Sends it and waits for its end.</summary>
    public async Task<DeliveryView> SendAsync(string card, string text)
    {
        var (status, body) = await ReplyAsync(card, text);
        Assert.True(status == HttpStatusCode.Accepted, body.ToString());
        return await EndAsync(card, text);
    }

    public async Task<DeliveryView> EndAsync(string card, string text)
    {
        DeliveryView? end = null;
        await PrivateTmux.UntilAsync(() => (end = Find(card, text)) is not null && !DeliveryWords.IsOpen(end.State));
        return end!; // or it had thrown
    }

    public DeliveryView? Find(string card, string text) =>
        Muse.GetAsync<ListDeliveries.Response>($"/api/board/cards/{card}/deliveries").Result.Deliveries.FirstOrDefault(d => d.Text == text);

    /// <summary>The dialog of this title once it is open.</summary>
    public async Task<DialogView> AsksAsync(string card, string title)
    {
        DialogView? dialog = null;
        try
        {
            await PrivateTmux.UntilAsync(() => (dialog = CardOf(card).Dialog)?.Title == title);
        }
        catch (TrueException)
        {
            Assert.Fail($"'{title}' is not asked: {JsonSerializer.Serialize(dialog)}. The screen:\n{Screen()}");
        }

        return dialog!; // or it had failed
    }

    /// <summary>Answers and waits until that was taken.</summary>
    public async Task AnswerAsync(string card, DialogView dialog, params string[] choices)
    {
        var (status, body) = await PostAsync($"/api/board/cards/{card}/answer", new { fingerprint = dialog.Fingerprint, choices });
        Assert.True(status == HttpStatusCode.Accepted, body.ToString());
        var end = await EndAsync(card, string.Join('\n', choices));
        Assert.True(end.State == "consumed", $"{end.State}: {end.Reason}. The screen:\n{Screen()}");
    }

    /// <summary>Waits until the screen shows it.</summary>
    public async Task ShowsAsync(string text)
    {
        try
        {
            await PrivateTmux.UntilAsync(() => Screen().Contains(text, StringComparison.Ordinal));
        }
        catch (TrueException)
        {
            Assert.Fail($"'{text}' is not on the screen:\n{Screen()}");
        }
    }

    public string Screen() => Tmux.Do(["capture-pane", "-p", "-t", Pane.Pane]);

    /// <summary>The lines of Claude Code's transcripts, the oldest of a session first.</summary>
    public List<string> Records() => [.. Directory.CreateDirectory(Path.Combine(_real.Adopted.Home, ".claude", "projects"))
        .EnumerateFiles("*.jsonl", SearchOption.AllDirectories).SelectMany(file => File.ReadLines(file.FullName))];

    /// <summary>What the agent has written down as a person's words.</summary>
    public List<string> Prompts() => _agent switch
    {
        "codex" => [.. Below(".codex", "sessions").Where(r => r.GetProperty("type").GetString() == "response_item")
            .Select(r => r.GetProperty("payload")).Where(p => p.TryGetProperty("role", out var role) && role.GetString() == "user").Select(TextOf).OfType<string>()],
        "gemini" => GeminiPrompts(),
        _ => ClaudePrompts(),
    };

    /// <summary>
    /// A message is written again, under its id, when something of it changes. And when a tool is refused, Gemini writes its whole history
    /// anew under fresh ids, from the context it was given to a record that replaces all messages; of that, nothing is a prompt.
    /// </summary>
    private List<string> GeminiPrompts()
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var isCopy = false;
        foreach (var record in Below(".gemini", "tmp"))
        {
            isCopy &= !record.TryGetProperty("$set", out var set) || !set.TryGetProperty("messages", out _);
            if (record.TryGetProperty("id", out var id) && record.TryGetProperty("type", out var type) && type.GetString() == "user" && TextOf(record) is { } text)
            {
                isCopy |= text.StartsWith("<session_context>", StringComparison.Ordinal);
                if (!isCopy)
                {
                    found[id.GetString()!] = text; // an id is a string
                }
            }
        }

        return [.. found.Values];
    }

    private IEnumerable<JsonElement> Below(params string[] folders) => Directory.CreateDirectory(Path.Combine([_real.Adopted.Home, .. folders]))
        .EnumerateFiles("*.jsonl", SearchOption.AllDirectories).SelectMany(file => File.ReadLines(file.FullName)).Select(line => JsonElement.Parse(line));

    private static string? TextOf(JsonElement message) => message.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Array
        ? string.Concat(content.EnumerateArray().Select(part => part.TryGetProperty("text", out var text) ? text.GetString() : null))
        : null;

    private List<string> ClaudePrompts() => Records()
        .Select(line => JsonElement.Parse(line))
        .Where(r => r.GetProperty("type").GetString() == "user").Select(Said).OfType<string>().ToList();

    public async ValueTask DisposeAsync()
    {
        await Muse.DisposeAsync();
        await _real.DisposeAsync();
    }

    private static string? Said(JsonElement record) => record.GetProperty("message").GetProperty("content") switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Array } blocks when blocks.EnumerateArray().FirstOrDefault(b => b.TryGetProperty("text", out _)) is { ValueKind: JsonValueKind.Object } block => block.GetProperty("text").GetString(),
        _ => null,
    };
}
