using System.Globalization;
using Microsoft.Extensions.Options;
using Muse.Sessions.Domain;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Archive;

/// <summary>Transcripts that their agent is about to delete and that are not kept.</summary>
/// <param name="AfterDays">Days without a change after which the agent deletes.</param>
/// <param name="Files">That many are not kept, or not to their end.</param>
/// <param name="NextAtMs">From this time on the first of them may be gone.</param>
internal sealed record CleanupWarning([property: AgentWord] string Agent, string Root, int AfterDays, int Files, long Bytes, long NextAtMs, string Message);

/// <summary>Looks days ahead at what agents delete. As a rule everything is kept long before, and there is nothing to warn of.</summary>
internal sealed class CleanupWatch(
    IEnumerable<ITranscriptFormat> formats, AgentEnvironment environment, ArchiveStore store, IOptions<ArchiveOptions> options, TimeProvider clock)
{
    private const long NsPerDay = 24L * 3600 * 1_000_000_000;

    public List<CleanupWarning> Warnings()
    {
        var nowNs = clock.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000;
        var due = store.Due(nowNs, 0);
        var warnings = new List<CleanupWarning>();
        foreach (var root in due.Count == 0 ? [] : formats.SelectMany(f => f.Roots(environment).Select(r => (Format: f, r.Path))).Distinct())
        {
            if (root.Format.DeletesAfterDays(root.Path) is not { } days)
            {
                continue;
            }

            var soon = nowNs - ((days - options.Value.WarnDays) * NsPerDay);
            var files = due.FindAll(d => d.Agent == root.Format.Agent && d.Root == root.Path && d.Stamp.ModifiedNs <= soon);
            if (files.Count > 0)
            {
                warnings.Add(Warning(root.Format.Agent, root.Path, days, files));
            }
        }

        return warnings;
    }

    private CleanupWarning Warning(string agent, string root, int days, List<DueFile> files)
    {
        var nextMs = (files.Min(f => f.Stamp.ModifiedNs) + (days * NsPerDay)) / 1_000_000;
        var date = DateTimeOffset.FromUnixTimeMilliseconds(nextMs).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var why = options.Value.Enabled ? "" : " Keeping is switched off: \"sessions\": { \"archive\": { \"enabled\": true } } in config.json keeps them.";
        return new CleanupWarning(
            agent, root, days, files.Count, files.Sum(f => f.Stamp.SizeBytes), nextMs,
            string.Create(CultureInfo.InvariantCulture, $"{files.Count} transcripts in {root} are not kept yet, and their agent deletes them after {days} days, the first from {date} on.{why}"));
    }
}
