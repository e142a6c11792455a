using System.Globalization;
using System.Text.RegularExpressions;
using Muse.Board.Domain;
using Muse.Board.Tests.Deliveries;
using Muse.Board.Tests.Tmux;
using Xunit.Sdk;

namespace Muse.Board.Tests.States;

/// <summary>
/// Leads a real program through its states by its own keys and holds what the board tells a subscriber against it. The cause of a
/// state is the key that brings it about, or, where the program takes its time, the moment its screen shows it.
/// </summary>
internal sealed partial class StateStage : IAsyncDisposable
{
    /// <summary>Longer than this no wrong state may stand.</summary>
    private static readonly TimeSpan Dwell = TimeSpan.FromMilliseconds(1_500);
    private readonly string _agent;
    private readonly RealBoard _board;
    private readonly BoardRecorder _recorder;
    private readonly List<Seen> _seen = [];

    private StateStage(string agent, RealBoard board, BoardRecorder recorder) => (_agent, _board, _recorder) = (agent, board, recorder);

    /// <param name="LatencyMs">From cause to event; negative where the program tells before it shows.</param>
    /// <param name="Path">Every state told between the act and the end.</param>
    private sealed record Seen(string Name, string State, string? Source, long LatencyMs, string Path);

    public static int Rounds => int.Parse(Environment.GetEnvironmentVariable("MUSE_STATE_ROUNDS") ?? "1", CultureInfo.InvariantCulture);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<StateStage> StartAsync(string agent, RealBoard board)
    {
        var recorder = await BoardRecorder.StartAsync(board.Muse.Client, board.IsOwn);
        return new StateStage(agent, board, recorder);
    }

    /// <summary>Acts, waits for the state, and sees that it stays.</summary>
    /// <param name="expected">States that are right, as <c>state/reason</c>, with <c>|</c> in between.</param>
    /// <param name="marker">What the screen shows once more when the state has come; null if the act itself is the cause.</param>
    /// <param name="stays">False for a state that passes by itself.</param>
    public async Task SeeAsync(string name, string expected, Func<Task> act, string? marker = null, bool stays = true)
    {
        var allowed = expected.Split('|');
        var before = Count(marker);
        var since = BoardRecorder.NowMs;
        await act();
        var cause = BoardRecorder.NowMs;
        if (marker is not null)
        {
            await UntilAsync(() => Count(marker) > before, $"{name}: the screen does not show '{marker}'");
            cause = BoardRecorder.NowMs;
        }

        BoardRecorder.Told? told = null;
        await UntilAsync(
            () => (told = _recorder.First(since, c => allowed.Contains(BoardRecorder.Word(c)))) is not null || (marker is null && Current(allowed) is not null),
            $"{name}: not {expected}");
        await Task.Delay(stays ? Dwell : TimeSpan.Zero, TimeProvider.System, Ct);
        var now = Current(allowed);
        Assert.True(now is not null, $"{name}: {expected} did not stay: {string.Join(" > ", _recorder.Since(since))}\n{Describe()}");
        _seen.Add(new Seen(name, BoardRecorder.Word(now), told?.Card.Source ?? now.Source, (told?.AtMs ?? cause) - cause, string.Join(" > ", _recorder.Since(since))));
    }

    /// <summary>As a person types: what is typed is seen in the box before Enter is pressed.</summary>
    public Func<Task> Say(string text) => async () =>
    {
        var before = Count(text);
        await _board.Tmux.Writer.TypeAsync(_board.Pane, text, Ct);
        await UntilAsync(() => Count(text) > before, $"'{text}' is not in the box");
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, Ct);
        await _board.Tmux.Writer.PressAsync(_board.Pane, "Enter", Ct);
    };

    /// <summary>Dialogs take no keys at first.</summary>
    public Func<Task> Press(params string[] keys) => async () =>
    {
        foreach (var key in keys)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(700), TimeProvider.System, Ct);
            await _board.Tmux.Writer.PressAsync(_board.Pane, key, Ct);
        }
    };

    /// <summary>Goes through the program's modes until the screen shows this one.</summary>
    public async Task ModeAsync(string shown)
    {
        for (var i = 0; Count(shown) == 0; i++)
        {
            Assert.True(i < 8, $"There is no mode '{shown}'.\n{Screen()}");
            await Press("BTab")();
            await Task.Delay(TimeSpan.FromMilliseconds(400), TimeProvider.System, Ct);
        }
    }

    public Func<Task> Release() => () => _board.ReleaseAsync();

    /// <summary>The agent's own id of the session that is live now.</summary>
    public string? NativeId => _board.Cards().LastOrDefault(c => c.State != "ended")?.NativeId;

    public async Task NativeIdAsync(Predicate<string?> isSo) => await UntilAsync(() => isSo(NativeId), "The session did not become that");

    public async ValueTask DisposeAsync()
    {
        Report();
        await _recorder.DisposeAsync();
        await _board.DisposeAsync();
    }

    private void Report()
    {
        var lines = _seen.ConvertAll(s => $"{_agent}\t{s.Name}\t{s.State}\t{s.Source}\t{s.LatencyMs}\t{s.Path}");
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', lines));
        if (Environment.GetEnvironmentVariable("MUSE_STATE_REPORT") is { Length: > 0 } report)
        {
            File.AppendAllLines(report, lines);
        }
    }

    private CardView? Current(string[] allowed) => _board.Cards().FirstOrDefault(c => allowed.Contains(BoardRecorder.Word(c)));

    private async Task UntilAsync(Func<bool> isSo, string otherwise)
    {
        try
        {
            await PrivateTmux.UntilAsync(isSo);
        }
        catch (TrueException)
        {
            Assert.Fail($"{otherwise}\n{Describe()}");
        }
    }

    private string Describe() =>
        string.Join('\n', _board.Cards().Select(c => $"{BoardRecorder.Word(c)} by {c.Source}: {c.Detail}{Evidence(c)}")) + "\n" + Screen();

    private string Evidence(CardView card) => card.State == "ended" ? "" : string.Concat(
        _board.CardOf(card.Id).Explain.Select(e => $"\n  {e.Source} {e.Claim} {e.Reason} {(e.Fresh ? "" : "(old)")} {e.AtMs}: {e.Detail}"));

    private int Count(string? text) => text is null ? 0 : Screen().Split(text).Length - 1;

    private string Screen() => Colour().Replace(_board.Tmux.Servers.Capture(_board.Pane, Ct).Result.Ansi, "");

    [GeneratedRegex("\u001b\\[[0-9;:]*m")]
    private static partial Regex Colour();
}
