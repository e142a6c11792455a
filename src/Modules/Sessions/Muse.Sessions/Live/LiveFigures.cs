using Muse.BuildingBlocks.Web;

namespace Muse.Sessions.Live;

/// <summary>Who listens to the feed now.</summary>
internal sealed class LiveFigures(LiveFeed feed) : IRuntimeFigures
{
    public string Name => "live";

    public object Read() => new { subscribers = feed.Subscribers };
}
