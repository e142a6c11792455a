using System.ComponentModel.DataAnnotations;
using Muse.Board.Deliveries;
using Muse.Board.Domain;
using Muse.Board.Persistence;

namespace Muse.Board.Live;

/// <summary>What the board's stream carries: the data of each event under the event's name.</summary>
internal sealed record BoardMessages(BoardMessages.HelloData Hello, CardView Card, BoardMessages.GoneData Gone, BoardMessages.BeatData Beat,
    BoardMessages.DeliveryData Delivery)
{
    public const string Fresh = "fresh";
    public const string Resumed = "resumed";
    public const string Gap = "gap";

    /// <param name="Verdict"><c>fresh</c>; <c>resumed</c>: what was missed follows; <c>gap</c>: fetch the board again.</param>
    /// <param name="Seq">Journal number the stream starts at.</param>
    public sealed record HelloData([property: AllowedValues(Fresh, Resumed, Gap)] string Verdict, long Seq);

    /// <summary>The card is no more.</summary>
    /// <param name="ReplacedBy">The card of its session, if it stood for a process whose session was not known; null also for a client that was away meanwhile.</param>
    public sealed record GoneData(string Id, string? ReplacedBy);

    public sealed record BeatData(long AtMs);

    /// <summary>A delivery moved on; its text is fetched with the card's deliveries.</summary>
    public sealed record DeliveryData(
        string Id, string CardId, [property: DeliveryKindWord] string Kind, [property: DeliveryStateWord] string State, string? Reason, long Revision)
    {
        public static DeliveryData Of(DeliveryRow row) => new(row.Id, row.CardId, row.Kind, row.State, row.Reason, row.Revision);
    }
}
