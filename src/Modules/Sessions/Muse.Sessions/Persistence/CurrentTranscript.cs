using Muse.Sessions.Reading;

namespace Muse.Sessions.Persistence;

/// <summary>A transcript and the generation that is read now.</summary>
internal sealed record CurrentTranscript(
    string SessionId, string NativeId, string? AgentId, string? AgentType, string? Description, string? ParentCallId, string Agent,
    string Root, string Path, long Generation, long Revision, long Items, long CommittedBytes)
{
    public TranscriptPlace Place => new(NativeId, AgentId, null, AgentType, Description, ParentCallId);
}
