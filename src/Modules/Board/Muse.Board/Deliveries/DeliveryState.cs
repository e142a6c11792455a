using System.ComponentModel.DataAnnotations;

namespace Muse.Board.Deliveries;

/// <summary>How far a delivery has come. Each is stored before what it names is done.</summary>
internal enum DeliveryState
{
    /// <summary>Nothing was typed yet.</summary>
    Queued,

    /// <summary>The text is being put into the box, or stands there.</summary>
    Typed,

    /// <summary>Enter, or the key of the choice, is pressed.</summary>
    Submitted,

    /// <summary>The agent provably took it.</summary>
    Consumed,

    /// <summary>It was not submitted and will not be.</summary>
    Refused,

    /// <summary>A person took it back before anything was typed.</summary>
    Cancelled,

    /// <summary>It may or may not have arrived; only a person decides whether to send it again.</summary>
    Indeterminate,
}

/// <summary>What is delivered.</summary>
internal enum DeliveryKind
{
    /// <summary>Text for the input box.</summary>
    Reply,

    /// <summary>A choice of an open dialog. Only a person's request makes one.</summary>
    Answer,
}

/// <summary>The words of deliveries as stored, sent and described.</summary>
internal static class DeliveryWords
{
    public static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    public static bool IsOpen(string state) => state is "queued" or "typed" or "submitted";
}

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class DeliveryStateWordAttribute() : AllowedValuesAttribute([.. Enum.GetValues<DeliveryState>().Select(DeliveryWords.Word)]);

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class DeliveryKindWordAttribute() : AllowedValuesAttribute([.. Enum.GetValues<DeliveryKind>().Select(DeliveryWords.Word)]);
