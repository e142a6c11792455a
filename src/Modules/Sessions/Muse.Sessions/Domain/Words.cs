using System.ComponentModel.DataAnnotations;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Domain;

/// <summary>The words that answers and parameters are made of, for the description of the API.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class AgentWordAttribute() : AllowedValuesAttribute([.. All])
{
    /// <summary>The agents whose transcripts are read; a test holds it to the formats.</summary>
    public static readonly string[] All = ["claude-code", "codex", "gemini"];
}

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class StateWordAttribute() : AllowedValuesAttribute([.. All])
{
    public static readonly string[] All = ["live", "quiet", "kept", "missing"];
}

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class SortWordAttribute() : AllowedValuesAttribute([.. All])
{
    /// <summary>The first is what a list without a sort is in.</summary>
    public static readonly string[] All = ["recent", "started", "size", "prompts", "cost", "title"];
}

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class KindWordAttribute() : AllowedValuesAttribute([.. Enum.GetValues<ItemKind>().Select(ItemView.KindWord)]);

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class FlagWordAttribute() : AllowedValuesAttribute([.. ItemView.AllFlagWords]);

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class StatusWordAttribute() : AllowedValuesAttribute("ok", "error", "denied", "cancelled", "running");
