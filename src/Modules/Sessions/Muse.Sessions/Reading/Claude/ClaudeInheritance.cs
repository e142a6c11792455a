namespace Muse.Sessions.Reading.Claude;

/// <summary>
/// What a batch held before a copied record was read into it. Copies are shown, as inherited, but they count for
/// nothing and say nothing of the session: their own transcript does.
/// </summary>
internal readonly struct ClaudeInheritance(ReadBatch batch)
{
    private readonly long _items = batch.NextOrdinal;
    private readonly (int Usage, int Prompts, int Edits, int Tools, int Commits, int Errors, int Interruptions) _counts =
        (batch.Usage.Count, batch.Prompts.Count, batch.Edits.Count, batch.Tools.Count, batch.Commits.Count, batch.Errors.Count, batch.Interruptions.Count);

    private readonly (string? Title, TitleRank Rank, string? Prompt, string? Reply, long? First, long? Last, int PullRequests) _header =
        (batch.Header.Title, batch.Header.TitleRank, batch.Header.LastPrompt, batch.Header.LastReply, batch.Header.FirstAtMs, batch.Header.LastAtMs,
            batch.Header.PullRequests.Count);

    /// <summary>Marks what was read since, and takes back what counts.</summary>
    public void Apply()
    {
        for (var ordinal = _items; ordinal < batch.NextOrdinal; ordinal++)
        {
            batch.Change(ordinal, change => change.AddFlags |= ItemFlags.Inherited);
        }

        for (var i = _counts.Usage; i < batch.Usage.Count; i++)
        {
            batch.Usage[i] = batch.Usage[i] with { Inherited = true };
        }

        Cut(batch.Prompts, _counts.Prompts);
        Cut(batch.Edits, _counts.Edits);
        Cut(batch.Tools, _counts.Tools);
        Cut(batch.Commits, _counts.Commits);
        Cut(batch.Errors, _counts.Errors);
        Cut(batch.Interruptions, _counts.Interruptions);
        Cut(batch.Header.PullRequests, _header.PullRequests);
        (batch.Header.Title, batch.Header.TitleRank) = (_header.Title, _header.Rank);
        (batch.Header.LastPrompt, batch.Header.LastReply) = (_header.Prompt, _header.Reply);
        (batch.Header.FirstAtMs, batch.Header.LastAtMs) = (_header.First, _header.Last);
    }

    private static void Cut<T>(List<T> list, int count) => list.RemoveRange(count, list.Count - count);
}
