using Muse.BuildingBlocks.Results;

namespace Muse.Sessions;

/// <summary>Every expected failure of the module.</summary>
internal static class SessionProblems
{
    public static Problem NotFound(string id) =>
        new(ProblemKind.NotFound, "session-not-found", $"There is no session '{id}'. GET /api/sessions lists what there is.");

    public static Problem AgentNotFound(string id, string agentId) =>
        new(ProblemKind.NotFound, "agent-not-found", $"Session '{id}' has no subagent '{agentId}'. GET /api/sessions/{id}/agents lists them.");

    public static Problem ItemNotFound(string item) =>
        new(ProblemKind.NotFound, "item-not-found", $"There is no item '{item}' in this transcript. It may have been rewritten: fetch the session again.");

    public static Problem ResultNotFound(string item) =>
        new(ProblemKind.NotFound, "result-not-found", $"Item '{item}' has no result: it is no tool call, or its result was not written yet.");

    public static Problem ImageNotFound(string item, int index) =>
        new(ProblemKind.NotFound, "image-not-found", $"Item '{item}' has no image {index} of a kind that is shown (png, jpeg, gif, webp).");

    public static Problem TranscriptGone() =>
        new(ProblemKind.NotFound, "transcript-gone", "The transcript file is gone, or was cut since it was read. Only previews are left of it.");

    public static Problem NothingKept(string id) => new(
        ProblemKind.NotFound, "nothing-kept",
        $"Muse has kept nothing of a session '{id}'. Transcripts are kept once they are quiet; GET /api/archive/files lists what there is.");

    public static Problem SourceIsThere(string path) => new(
        ProblemKind.Conflict, "source-is-there",
        $"{path} is there, and is not written over. Move it away first if what was kept is to take its place.");

    public static Problem NotRestored(string path, string why) => new(ProblemKind.Unavailable, "not-restored", $"{path} was not restored: {why}.");

    public static Problem KeptFileNotFound(string id) =>
        new(ProblemKind.NotFound, "kept-file-not-found", $"There is no kept file '{id}'. GET /api/archive/files lists what there is.");

    public static Problem NoteNotFound(string id) =>
        new(ProblemKind.NotFound, "note-not-found", $"There is no note '{id}' on this session. GET its notes for what there is.");

    public static Problem TagNotFound(string name) =>
        new(ProblemKind.NotFound, "tag-not-found", $"There is no tag '{name}'. GET /api/tags lists what there is, PUT /api/tags/NAME makes one.");

    public static Problem TagTaken(string name) =>
        new(ProblemKind.Conflict, "tag-taken", $"There is a tag '{name}' already. Give another name, or drop one of the two.");

    public static Problem ViewNotFound(string name) =>
        new(ProblemKind.NotFound, "view-not-found", $"There is no view '{name}'. GET /api/views lists what there is.");

    public static Problem SearchUnavailable(string why) =>
        new(ProblemKind.Unavailable, "search-unavailable", $"The search index cannot be read: {why}. Sessions open as before; restart Muse if it stays so.");

    public static Problem BadPattern(string why) =>
        new(ProblemKind.Invalid, "invalid-parameter", $"q: {why}", new Dictionary<string, string[]>(StringComparer.Ordinal) { ["q"] = [why] });
}
