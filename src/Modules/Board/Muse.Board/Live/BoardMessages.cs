using System.ComponentModel.DataAnnotations;
using Muse.Board.Domain;

namespace Muse.Board.Live;

/// <summary>What the board's stream carries: the data of each event under the event's name.</summary>
internal sealed record BoardMessages(BoardMessages.HelloData Hello, CardView Card, BoardMessages.GoneData Gone, BoardMessages.BeatData Beat)
{
    public const string Fresh = "fresh";
    public const string Resumed = "resumed";
    public const string Gap = "gap";

    /// <param name="Verdict"><c>fresh</c>; <c>resumed</c>: what was missed follows; <c>gap</c>: fetch the board again.</param>
    /// <param name="Seq">Journal number the stream starts at.</param>
    public sealed record HelloData([property: AllowedValues(Fresh, Resumed, Gap)] string Verdict, long Seq);

    /// <summary>The card is no more; its session, if it had one, goes on under another card.</summary>
    public sealed record GoneData(string Id);

    public sealed record BeatData(long AtMs);
}
