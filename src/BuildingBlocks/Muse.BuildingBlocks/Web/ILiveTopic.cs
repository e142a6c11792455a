namespace Muse.BuildingBlocks.Web;

/// <summary>One event of a topic; its bytes are made once for all who hear it.</summary>
/// <param name="Type">Name of the event.</param>
/// <param name="Seq">Journal number; 0 for what has none.</param>
/// <param name="Data">JSON without line breaks.</param>
public sealed record TopicEvent(string Type, long Seq, byte[] Data);

/// <summary>What a module tells in the one stream of a browser tab, besides the stream's own topics.</summary>
public interface ILiveTopic
{
    /// <summary>The word by which a tab asks for it.</summary>
    string Name { get; }

    /// <summary>Hears what is told from now on, until disposed.</summary>
    /// <param name="hear">Must not wait.</param>
    /// <param name="lose">Called when what follows is incomplete.</param>
    IDisposable Subscribe(Action<TopicEvent> hear, Action lose);

    /// <summary>What somebody missed who heard everything up to an id; null if that cannot be told.</summary>
    Task<IReadOnlyList<TopicEvent>?> MissedAsync(string lastEventId, CancellationToken ct);
}
