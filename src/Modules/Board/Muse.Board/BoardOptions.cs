using System.ComponentModel.DataAnnotations;

namespace Muse.Board;

/// <summary>Settings under <c>Muse:Board</c>.</summary>
internal sealed class BoardOptions
{
    /// <summary>Name of this machine in session identities: that of <c>Muse:Sessions:Machine</c>, which makes them.</summary>
    [MaxLength(100)]
    public string Machine { get; set; } = "";

    /// <summary>Hours for which a card that ended, or of which nothing is known, stays on the board.</summary>
    [Range(1, 24 * 30)]
    public int KeepEndedHours { get; init; } = 24;
}
