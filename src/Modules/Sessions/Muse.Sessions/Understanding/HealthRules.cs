using Muse.Sessions.Domain;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Understanding;

/// <summary>
/// Finds what goes wrong in a conversation. Each rule is a pure function of the items; its thresholds are where ordinary work, such as
/// running a failing test again after each change, is not found any more.
/// </summary>
internal static class HealthRules
{
    private const int MostItems = 20;
    private const int Retries = 3;
    private const int Spiral = 5;
    private const int BadSpiral = 10;
    private const int Denied = 3;
    private const int DeniedWithin = 20;
    private const int ThrashRounds = 5;
    private const int ManyCompactions = 3;
    private const double ContextFull = 0.85;
    private const double ContextBad = 0.95;

    /// <param name="contextTokens">Of the last response; null if it is not known.</param>
    /// <param name="contextWindow">Null if the agent does not say.</param>
    public static IReadOnlyList<Finding> Find(IReadOnlyList<Step> steps, long? contextTokens, long? contextWindow) =>
    [
        .. RetryLoops(steps), .. ErrorSpirals(steps), .. Denials(steps), .. Thrashes(steps), .. Context(steps, contextTokens, contextWindow), .. Compactions(steps),
        .. Stalled(steps),
    ];

    /// <summary>The same call fails again and again, and nothing was changed in between.</summary>
    private static IEnumerable<Finding> RetryLoops(IReadOnlyList<Step> steps)
    {
        var failing = new Dictionary<(string?, string), List<Step>>();
        var found = new List<List<Step>>();
        void End()
        {
            found.AddRange(failing.Values.Where(run => run.Count >= Retries));
            failing.Clear();
        }

        foreach (var step in steps)
        {
            if (step.IsAsk || step.Edits.Count > 0)
            {
                End();
            }
            else if (step.IsFailure && step.Preview.Length > 0)
            {
                (failing.TryGetValue((step.Name, step.Preview), out var run) ? run : failing[(step.Name, step.Preview)] = []).Add(step);
            }
            else if (step.IsSuccess && failing.Remove((step.Name, step.Preview), out var over) && over.Count >= Retries)
            {
                found.Add(over);
            }
        }

        End();
        return found.Select(run => Of(
            Finding.RetryLoop, run.Count >= 2 * Retries ? "bad" : "warn", $"{run[0].Name} failed {run.Count} times on the same thing with nothing changed in between: {run[0].Preview}", run));
    }

    /// <summary>Calls fail one after another, whatever is tried.</summary>
    private static IEnumerable<Finding> ErrorSpirals(IReadOnlyList<Step> steps) => Runs(steps, s => s.IsFailure, s => s.IsSuccess || s.IsAsk)
        .Where(run => run.Count >= Spiral && run.Select(s => (s.Name, s.Preview)).Distinct().Count() > 1)
        .Select(run => Of(Finding.ErrorSpiral, run.Count >= BadSpiral ? "bad" : "warn", $"{run.Count} calls failed in a row, and none succeeded in between.", run));

    /// <summary>A person says no again and again: the agent is on a way that nobody wants.</summary>
    private static IEnumerable<Finding> Denials(IReadOnlyList<Step> steps)
    {
        var (tools, run) = (0, new List<(int At, Step Step)>());
        var found = new List<Step>();
        foreach (var step in steps.Where(s => s.IsTool))
        {
            tools++;
            if (!step.Has(ItemFlags.Denied))
            {
                continue;
            }

            run.RemoveAll(d => tools - d.At >= DeniedWithin);
            run.Add((tools, step));
            if (run.Count >= Denied)
            {
                found.AddRange(run.Select(d => d.Step).Except(found));
            }
        }

        if (found.Count > 0)
        {
            yield return Of(Finding.Denials, found.Count >= 2 * Denied ? "bad" : "warn", $"A person refused {found.Count} calls close together.", found);
        }
    }

    /// <summary>One file is changed, something fails, it is changed again, over and over without a word of a person.</summary>
    private static IEnumerable<Finding> Thrashes(IReadOnlyList<Step> steps)
    {
        var rounds = new Dictionary<string, List<Step>>(StringComparer.Ordinal);
        var worst = new Dictionary<string, List<Step>>(StringComparer.Ordinal);
        var failedSince = new HashSet<string>(StringComparer.Ordinal);
        foreach (var step in steps)
        {
            if (step.IsAsk)
            {
                rounds.Clear();
                failedSince.Clear();
            }
            else if (step.IsFailure)
            {
                failedSince.UnionWith(rounds.Keys);
            }

            foreach (var path in step.IsFailure ? [] : step.Edits)
            {
                var run = rounds.TryGetValue(path, out var known) ? known : rounds[path] = [];
                if (run.Count == 0 || failedSince.Remove(path))
                {
                    run.Add(step);
                }

                if (run.Count > ThrashRounds && run.Count > worst.GetValueOrDefault(path, []).Count)
                {
                    worst[path] = [.. run];
                }
            }
        }

        return worst.Select(w => Of(
            Finding.Thrash, w.Value.Count > 2 * ThrashRounds ? "bad" : "warn", $"{SessionSummary.LastSegment(w.Key)} was changed {w.Value.Count} times with failures in between.", w.Value));
    }

    private static IEnumerable<Finding> Context(IReadOnlyList<Step> steps, long? tokens, long? window)
    {
        // Where the agent does not say how much fits: what fits into most models, or into their long variants if more is in it already.
        var fits = window ?? (tokens > 200_000 ? 1_000_000 : 200_000);
        var fill = (double)(tokens ?? 0) / fits;
        var last = steps.LastOrDefault(s => s.IsReply || s.IsTool);
        if (fill >= ContextFull && last is not null)
        {
            yield return Of(
                Finding.ContextFull, fill >= ContextBad ? "bad" : "warn", $"{fill:P0} of its context is full: {tokens:N0} of {fits:N0} tokens. It will soon be compacted.", [last]);
        }
    }

    private static IEnumerable<Finding> Compactions(IReadOnlyList<Step> steps)
    {
        var compactions = steps.Where(s => s.Kind == ItemKind.Compaction).ToList();
        if (compactions.Count >= ManyCompactions)
        {
            yield return Of(Finding.Compactions, "warn", $"It was compacted {compactions.Count} times: what was said before may be forgotten.", compactions);
        }
    }

    /// <summary>It ends in the middle of something. Whether that is long ago is for who asks to see.</summary>
    private static IEnumerable<Finding> Stalled(IReadOnlyList<Step> steps)
    {
        if (steps.LastOrDefault(s => s.IsTool || s.IsReply || s.IsAsk || s.IsInterruption) is { IsOpenCall: true, IsOpenQuestion: false } last)
        {
            yield return Of(Finding.Stalled, "warn", $"Its last call, {last.Name}, never came back.", [last]);
        }
    }

    /// <summary>Steps that hold one after another; others between them do not matter unless they end the run.</summary>
    private static List<List<Step>> Runs(IReadOnlyList<Step> steps, Func<Step, bool> holds, Func<Step, bool> ends)
    {
        var (runs, run) = (new List<List<Step>>(), new List<Step>());
        foreach (var step in steps)
        {
            if (holds(step))
            {
                run.Add(step);
            }
            else if (ends(step) && run.Count > 0)
            {
                runs.Add(run);
                run = [];
            }
        }

        runs.Add(run);
        return runs;
    }

    private static Finding Of(string kind, string severity, string why, IReadOnlyList<Step> steps) =>
        new(kind, severity, why, [.. steps.TakeLast(MostItems).Select(s => ItemRef.Text(s.Ordinal))], steps[^1].AtMs);
}
