using System.ComponentModel.DataAnnotations;
using Muse.Board.Evidence;

namespace Muse.Board.Domain;

/// <summary>The words of the board as stored, sent and described.</summary>
internal static class CardWords
{
    public static string Word(CardState state) => state == CardState.NeedsYou ? "needs-you" : Lower(state);

    public static string? Word(NeedReason? reason) => reason is { } known ? Lower(known) : null;

    public static string Word(Confidence confidence) => Lower(confidence);

    public static string? Word(EvidenceSource? source) => source is { } known ? Lower(known) : null;

    public static string Word(Claim claim) => claim == Claim.TurnEnded ? "turn-ended" : Lower(claim);

    /// <summary>A stored word; another version's unknown one is the default.</summary>
    public static T Read<T>(string? word)
        where T : struct, Enum => Enum.TryParse<T>(word?.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var value) ? value : default;

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class CardStateWordAttribute() : AllowedValuesAttribute([.. Enum.GetValues<CardState>().Select(CardWords.Word)]);

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class NeedReasonWordAttribute() : AllowedValuesAttribute([.. Enum.GetValues<NeedReason>().Select(r => CardWords.Word(r))]);

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class ConfidenceWordAttribute() : AllowedValuesAttribute([.. Enum.GetValues<Confidence>().Select(CardWords.Word)]);

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class SourceWordAttribute()
    : AllowedValuesAttribute([.. Enum.GetValues<EvidenceSource>().Where(s => s != EvidenceSource.Output).Select(s => CardWords.Word(s))]);

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class ClaimWordAttribute() : AllowedValuesAttribute([.. Enum.GetValues<Claim>().Select(CardWords.Word)]);

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class BoardAgentWordAttribute() : AllowedValuesAttribute([.. All])
{
    public static readonly string[] All = ["claude-code", "codex", "gemini"];
}
