using Muse.Board.Domain;
using Muse.Board.Screens;
using Muse.Board.Tmux;
using Muse.Board.Watching;

namespace Muse.Board.Tests.Deliveries;

/// <summary>A pane whose input box behaves as that of the real programs was measured to, and can be told to fail.</summary>
internal sealed class ScriptedTerminal : IPaneSource, ITerminalWriter, IScreenReader
{
    private readonly Lock _lock = new();
    private int _drawn;

    public string Box { get; set; } = "";

    public string? Stashed { get; private set; }

    public List<string> Submitted { get; } = [];

    public List<string> Keys { get; } = [];

    public int Typed { get; private set; }

    public ScreenDialog? Dialog { get; set; }

    /// <summary>What is asked once the dialog is answered, in this order.</summary>
    public Queue<ScreenDialog> Then { get; } = [];

    /// <summary>Boxes whose digit changes nothing.</summary>
    public IReadOnlyList<string> Stuck { get; init; } = [];

    public bool ShellMode { get; set; }

    /// <summary>How many Enters are lost.</summary>
    public int LosesEnters { get; set; }

    /// <summary>The box draws nothing of what is typed.</summary>
    public bool IsBlind { get; init; }

    /// <summary>No box is drawn.</summary>
    public bool Boxless { get; set; }

    public bool CannotStash { get; init; }

    /// <summary>Called before each key or text; may throw as a pane does that is gone.</summary>
    public Action<string> Before { get; set; } = _ => { };

    public Action<string> OnSubmit { get; set; } = _ => { };

    public IReadOnlyCollection<Pane> Panes => [];

    public async IAsyncEnumerable<LiveChange<PaneId, Pane>> Changes([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await Task.Yield();
        yield break;
    }

    public Task<PaneCapture> Capture(PaneId pane, CancellationToken ct)
    {
        Before("look");
        lock (_lock)
        {
            return Task.FromResult(new PaneCapture($"{++_drawn}\n{(Stashed is null ? "" : "  draft stashed")}\n", "", "", 80, 24, false));
        }
    }

    public ScreenVerdict Read(string agent, PaneCapture capture)
    {
        lock (_lock)
        {
            var box = Dialog is not null || Boxless ? InputBox.Absent
                : ShellMode ? new InputBox(InputBoxKind.ShellMode, Box)
                : Box.Length == 0 || IsBlind ? new InputBox(InputBoxKind.Empty, "")
                : new InputBox(InputBoxKind.Draft, Box);
            return new ScreenVerdict(agent, "made up", Dialog is null ? CardState.Idle : CardState.NeedsYou, null, "r", null, null, Dialog, box, null);
        }
    }

    public Task TypeAsync(PaneId pane, string text, CancellationToken ct)
    {
        Before("type");
        lock (_lock)
        {
            Typed++;
            Keys.Add(text);
            Box += Dialog is null ? text : "";
        }

        return Task.CompletedTask;
    }

    public Task PasteAsync(PaneId pane, string text, CancellationToken ct) => TypeAsync(pane, text, ct);

    /// <summary>Lines that copy mode is scrolled up; null if it is not open.</summary>
    public int? CopyMode { get; set; }

    public Task<int?> LeaveModeAsync(PaneId pane, CancellationToken ct)
    {
        Before("leave");
        var scrolledUp = CopyMode;
        CopyMode = null;
        return Task.FromResult(scrolledUp);
    }

    public Task RestoreModeAsync(PaneId pane, int scrolledUp, CancellationToken ct)
    {
        CopyMode = scrolledUp;
        return Task.CompletedTask;
    }

    public Task PressAsync(PaneId pane, string key, CancellationToken ct)
    {
        Before(key);
        var sent = default(string);
        lock (_lock)
        {
            Keys.Add(key);
            switch (key)
            {
                case "C-s" when !CannotStash:
                    (Stashed, Box) = Box.Length > 0 ? (Box, "") : (null, Stashed ?? "");
                    break;
                case "Enter" when Dialog is null && LosesEnters-- <= 0:
                    sent = Box;
                    Submitted.Add(Box);
                    (Box, Stashed) = (Stashed ?? "", null);
                    break;
                case [>= '1' and <= '9'] when Dialog is { MultiSelect: true } boxes:
                    // Each tick makes another fingerprint of it.
                    Dialog = Stuck.Contains(key) ? boxes : boxes with
                    {
                        Fingerprint = boxes.Fingerprint + key,
                        Choices = [.. boxes.Choices.Select(c => $"{c.Number}" == key ? c with { Checked = !c.Checked } : c)],
                    };
                    break;
                case "1" or "2" when Dialog is not null:
                case "Right" when Dialog is { MultiSelect: true }:
                    Dialog = Then.TryDequeue(out var next) ? next : null;
                    break;
                case "Down" when Dialog is { } dialog:
                    var at = Array.FindIndex(dialog.Choices, c => c.Focused) + 1;
                    Dialog = dialog with { Choices = [.. dialog.Choices.Select((c, i) => c with { Focused = i == at })] };
                    break;
                case "Enter" when Dialog is not null:
                    Dialog = null;
                    break;
            }
        }

        if (sent is not null)
        {
            OnSubmit(sent);
        }

        return Task.CompletedTask;
    }

    public Task<PaneId> OpenWindowAsync(string socket, string session, NewPane what, CancellationToken ct) => throw new NotSupportedException();

    public Task<PaneId> OpenSessionAsync(string socket, NewPane what, CancellationToken ct) => throw new NotSupportedException();
}
