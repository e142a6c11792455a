using Muse.Sessions.Persistence;
namespace Muse.Sessions.Live;
internal sealed record LiveChange(string SessionId, string? AgentId, long Generation, long Revision, long Seq, IReadOnlyList<ItemRow> Items, long Total, bool Reset, bool SessionChanged);
internal sealed class LiveFeed { private int _n; public void Publish(LiveChange change) { _n++; } public bool Wants(string sessionId) => _n < 0; }
