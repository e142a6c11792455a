using System.Globalization;

namespace Muse.EndToEnd.Soak;

/// <summary>A pane whose program is led through its states at random, and what was truly so.</summary>
internal abstract class SoakPane(SoakTmux tmux, string name, string cwd, int seed)
{
    public string Name => name;

    /// <summary>In the words <c>working</c>, <c>permission</c>, <c>idle</c> and <c>ended</c>.</summary>
    public Timeline Truth { get; } = new();

    /// <summary>What the board said, in the same words or others of its own.</summary>
    public Timeline Shown { get; } = new();

    protected SoakTmux Tmux => tmux;

    protected string Cwd => cwd;

    protected Random Dice { get; } = new(seed);

    public static long NowMs => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Until it is stopped; then the program is left idle.</summary>
    public abstract Task LeadAsync(CancellationToken stop);

    public static bool Fits(string truth, string shown) => truth switch
    {
        "idle" => shown is "idle" or "done",
        "permission" => shown == "needs-you/permission",
        _ => shown == truth,
    };

    protected async Task SayAsync(string text)
    {
        tmux.Type(name, text);
        await PauseAsync(0.5, CancellationToken.None);
        tmux.Press(name, "Enter");
    }

    protected static async Task PauseAsync(double seconds, CancellationToken stop)
    {
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System, stop);
        }
        catch (OperationCanceledException)
        {
            // The lead ends after its present step.
        }
    }
}

/// <summary>The stand-in for Claude Code, which keeps a log of its own.</summary>
internal sealed class ScriptedPane(SoakTmux tmux, string name, string cwd, int seed, string program) : SoakPane(tmux, name, cwd, seed)
{
    private string Log => Path.Combine(Cwd, "log");

    public override async Task LeadAsync(CancellationToken stop)
    {
        Tmux.Open(Name, Cwd, $"STAND_IN_LOG={Log}");
        await SayAsync(program);
        await PauseAsync(2, stop);
        while (!stop.IsCancellationRequested)
        {
            await PauseAsync(2 + (Dice.NextDouble() * 15), stop);
            await StepAsync(Dice.Next(10));
        }

        ReadLog();
    }

    private async Task StepAsync(int throwOf)
    {
        if (throwOf < 5)
        {
            await SayAsync("hello");
            await PauseAsync(4, CancellationToken.None);
        }
        else if (throwOf < 9)
        {
            await SayAsync("allow make clean");
            await PauseAsync(1 + (Dice.NextDouble() * 8), CancellationToken.None);
            Tmux.Press(Name, Dice.Next(2) == 0 ? "1" : "3");
            await PauseAsync(3, CancellationToken.None);
        }
        else
        {
            await SayAsync("exit");
            await PauseAsync(6, CancellationToken.None);
            await SayAsync(program);
            await PauseAsync(2, CancellationToken.None);
        }
    }

    private void ReadLog()
    {
        foreach (var line in File.ReadLines(Log).Select(l => l.Split(' ')))
        {
            Truth.Say(long.Parse(line[0], CultureInfo.InvariantCulture), line[1] switch { "busy" => "working", "waiting" => "permission", var word => word });
        }
    }
}

/// <summary>A real program. What is true is read from its screen by a word that stands there only then.</summary>
internal sealed class RealPane(SoakTmux tmux, string name, string cwd, int seed, string ready, string working, string permission) : SoakPane(tmux, name, cwd, seed)
{
    public override async Task LeadAsync(CancellationToken stop)
    {
        using var end = new CancellationTokenSource();
        var looking = LookAsync(end.Token);
        while (!stop.IsCancellationRequested)
        {
            await PauseAsync(3 + (Dice.NextDouble() * 15), stop);
            await SayAsync(Dice.Next(2) == 0 ? "wait 5000" : $"{(Name == "codex" ? "escalate" : "run")} touch made-by-the-soak-{Dice.Next(1_000_000)}");
            await PauseAsync(8, CancellationToken.None);
            if (Tmux.Screen(Name).Contains(permission, StringComparison.Ordinal))
            {
                Tmux.Press(Name, "Escape");
                await PauseAsync(2, CancellationToken.None);
            }
        }

        await PauseAsync(8, CancellationToken.None);
        await end.CancelAsync();
        await looking;
    }

    private async Task LookAsync(CancellationToken end)
    {
        // Before its first box it is not idle yet.
        while (!Tmux.Screen(Name).Contains(ready, StringComparison.Ordinal) && !end.IsCancellationRequested)
        {
            await PauseAsync(0.2, end);
        }

        while (!end.IsCancellationRequested)
        {
            var screen = Tmux.Screen(Name);
            Truth.Say(NowMs, screen.Contains(permission, StringComparison.Ordinal) ? "permission" : screen.Contains(working, StringComparison.Ordinal) ? "working" : "idle");
            await PauseAsync(0.2, end);
        }
    }
}
