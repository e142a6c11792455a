using System.Globalization;
using System.Net;
using Muse.Board.Tests.Tmux;

namespace Muse.Board.Tests.Deliveries;

/// <summary>
/// Deliveries to the real Codex and Gemini, from the endpoint to their own transcripts. MUSE_DELIVERIES_ROUNDS asks for more than one
/// of each kind.
/// </summary>
public sealed class RealOtherDeliveryTests
{
    private readonly List<Sent> _sent = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("codex")]
    [InlineData("gemini")]
    public async Task Each_delivery_ends_in_the_state_that_truly_happened(string agent)
    {
        await using var board = await RealBoard.StartAsync(agent);
        var rounds = int.Parse(Environment.GetEnvironmentVariable("MUSE_DELIVERIES_ROUNDS") ?? "1", CultureInfo.InvariantCulture);
        for (var i = 0; i < rounds; i++)
        {
            await SendAsync(board, "one line", $"say line {i}");
            await SendAsync(board, "50 lines", string.Join('\n', Enumerable.Range(1, 50).Select(n => $"line {n} of text {i}")));
            await SendAsync(board, "20 KB", Sent.Long(i));
            await SendAsync(board, "Unicode", $"Grüße, e\u0301te\u0301 mañana, 日本語, \u05e9\u05dc\u05d5\u05dd 🎉 {i} end");
            await SendAsync(board, "leading /", $"/not a command {i}");
            await SendAsync(board, "leading !", $"!not a shell {i}");
            await WhileWorkingAsync(board, agent, i);
            await DraftAsync(board, i);
            await DialogAsync(board, agent, i);
        }

        await board.IdleAsync();
        var prompts = board.Prompts();
        var sent = _sent.ConvertAll(s => s with { Arrived = Sent.Count(prompts, s) });
        await Sent.ReportAsync(sent, agent);

        Sent.AssertTrue(sent);
        Assert.All(sent.Where(s => s.Kind is "dialog" or "draft"), s => Assert.Equal((s.Kind, "refused"), (s.Kind, s.End.State)));
        Assert.All(sent.Where(s => s.Kind is not ("dialog" or "draft")), s => Assert.True(s.End.State == "consumed", $"{s.Kind}: {s.End.State} {s.End.Reason}"));
    }

    [Theory]
    [InlineData("codex", "request_user_input")]
    [InlineData("gemini", "ask_user")]
    public async Task Several_questions_are_answered_in_turn(string agent, string tool)
    {
        await using var board = await RealBoard.StartAsync(agent);
        await board.Agents.PlayAsync(Questions(tool));
        var card = await board.IdleAsync();
        if (agent == "codex")
        {
            // It asks in its plan mode only.
            await board.ShowsAsync("›");
            await board.Tmux.Writer.TypeAsync(board.Pane, "/plan", Ct);
            await board.ShowsAsync("/plan");
            await board.Tmux.Writer.PressAsync(board.Pane, "Enter", Ct);
            await board.ShowsAsync("Plan mode");
        }

        await board.SendAsync(card, "which lamp");
        card = (await board.StateAsync(c => c.State == "needs-you")).Id;
        var bulb = await board.AsksAsync(card, "Which bulb?");
        await board.AnswerAsync(card, bulb, "Cold");
        var shade = await board.AsksAsync(card, "Which shade?");
        await board.AnswerAsync(card, shade, "Green");
        if (agent == "gemini")
        {
            await board.AnswerAsync(card, await board.AsksAsync(card, "Review your answers"), "Submit answers");
        }

        await board.IdleAsync();
        await board.ShowsAsync("Noted Cold and Green.");
        Assert.Equal(((1, 2), (2, 2)), ((bulb.Step!.Number, bulb.Step.Count), (shade.Step!.Number, shade.Step.Count)));
    }

    /// <summary>The stand-in repeats the answers only if it was told exactly these.</summary>
    private static string Questions(string tool) => $$"""
        {
          "rules": [
            { "name": "noted", "when": { "lastResult": "^(?=[^]*Cold)(?=[^]*Green)" }, "steps": [{ "content": [] }, { "content": [{ "text": "Noted Cold and Green." }] }] },
            { "name": "ask", "when": { "prompt": "^which lamp" }, "steps": [
              { "content": [{ "tool": "{{tool}}", "input": { "questions": [
                { "id": "bulb", "header": "Bulb", "question": "Which bulb?", "type": "choice", "options": [{ "label": "Warm", "description": "Like the sun" }, { "label": "Cold", "description": "Like the moon" }] },
                { "id": "shade", "header": "Shade", "question": "Which shade?", "type": "choice", "options": [{ "label": "Green", "description": "Of glass" }, { "label": "None", "description": "The bulb alone" }] }
              ] } }] },
              { "content": [{ "text": "Not what was answered." }] }
            ] }
          ],
          "fallback": { "content": [{ "text": "Hello." }] }
        }
        """;

    private async Task SendAsync(RealBoard board, string kind, string text) => _sent.Add(new Sent(kind, await board.SendAsync(await board.IdleAsync(), text)));

    private async Task WhileWorkingAsync(RealBoard board, string agent, int i)
    {
        var (card, text) = (await board.IdleAsync(), $"say while it works {i}");
        await board.SendAsync(card, $"hold {i}");
        await board.StateAsync(c => c.State == "working");
        await board.ReplyAsync(card, text);
        // Codex would be steered by a text, so it waits for the turn; Gemini queues it, and tells of it after the turn.
        await Task.Delay(TimeSpan.FromSeconds(6), TimeProvider.System, Ct);
        Assert.Equal(agent == "codex" ? "queued" : "submitted", board.Find(card, text)!.State);
        await board.Agents.ReleaseAsync();
        _sent.Add(new Sent("while working", await board.EndAsync(card, text)));
        await PrivateTmux.UntilAsync(() => board.Prompts().Contains(text));
    }

    private async Task DraftAsync(RealBoard board, int i)
    {
        var (card, draft) = (await board.IdleAsync(), $"draft {i} of a person");
        await board.Tmux.Writer.TypeAsync(board.Pane, draft, Ct);
        await board.ShowsAsync(draft);
        _sent.Add(new Sent("draft", await board.SendAsync(card, $"say beside a draft {i}")));
        await board.ShowsAsync(draft);
        await board.Tmux.Writer.PressAsync(board.Pane, "C-u", Ct);
        await PrivateTmux.UntilAsync(() => !board.Screen().Contains(draft, StringComparison.Ordinal));
    }

    private async Task DialogAsync(RealBoard board, string agent, int i)
    {
        var (card, text) = (await board.IdleAsync(), $"1 into a dialog {i}");
        await board.SendAsync(card, $"{(agent == "codex" ? "escalate" : "run")} touch must-not-be-{i}");
        await board.StateAsync(c => c is { State: "needs-you", Reason: "permission" });
        await PrivateTmux.UntilAsync(() => board.CardOf(card).Dialog is not null);
        var (status, _) = await board.ReplyAsync(card, text);
        Assert.Equal(HttpStatusCode.Conflict, status);
        _sent.Add(new Sent("dialog", await board.EndAsync(card, text)));
        await board.Tmux.Writer.PressAsync(board.Pane, "Escape", Ct);
        await board.IdleAsync();
        Assert.Empty(Directory.EnumerateFiles(board.Tmux.Folder, "must-not-be-*", SearchOption.AllDirectories));
    }
}
