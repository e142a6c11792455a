using System.ComponentModel.DataAnnotations;

namespace Muse.Sessions.Search;

/// <summary>How much of what is read can be searched.</summary>
/// <param name="State"><c>waiting</c>: for the ingest, which goes first.</param>
/// <param name="Reason">Why it is paused.</param>
/// <param name="Items">Items of the transcripts that are there.</param>
/// <param name="Indexed">How many of them are searchable.</param>
/// <param name="SizeBytes">Of the index on disk.</param>
internal sealed record SearchProgress(
    [property: AllowedValues("waiting", "indexing", "idle", "paused")] string State, string? Reason, long Items, long Indexed, long SizeBytes);
