using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Muse.Host.Cli;

/// <summary>What the doctor found.</summary>
/// <param name="Healthy">False if a folder cannot be read or a line of a file is not accounted for.</param>
internal sealed record DoctorReport(
    bool Healthy, string Address, string Home, string State, string? Reason, IReadOnlyList<DoctorReport.Agent> Agents, IReadOnlyList<DoctorReport.FileAccount> Files,
    DoctorReport.UsageAccount? Usage, DoctorReport.ArchiveAccount? Archive, DoctorReport.GitAccount? Git)
{
    private static readonly string[] Known = ["claude-code", "codex", "gemini"];

    /// <param name="Name">Such as <c>codex</c>.</param>
    /// <param name="WhyZero">Why there are no sessions; null if there are.</param>
    public sealed record Agent(string Name, int Files, int Sessions, string? WhyZero, IReadOnlyList<Root> Roots);

    /// <param name="From">Who named the folder: <c>default</c>, <c>env NAME</c>, <c>config</c>.</param>
    public sealed record Root(string Path, string From, bool Exists, bool Readable, string? Problem, int Files, int Sessions);

    /// <summary>Every line of a file has gone somewhere: <c>lines = items + folded + unknown + malformed + blank</c>.</summary>
    /// <param name="Lost">Lines that no counter has; not 0 means a fault in Muse.</param>
    public sealed record FileAccount(
        string Path, string Agent, string? SessionId, long Bytes, long ReadBytes,
        long Lines, long Items, long Folded, long Unknown, long Malformed, long Blank, long Lost);

    /// <summary>Of the responses of the whole archive, up to today: what sums leave out.</summary>
    /// <param name="Absurd">With a count that cannot be right: in no sum of tokens.</param>
    /// <param name="Future">Stated for a time after tomorrow: in no sum at all, and not in <see cref="Responses"/>.</param>
    public sealed record UsageAccount(long Responses, long Unpriced, long Absurd, long Future);

    /// <summary>What is kept of transcripts beyond their source.</summary>
    /// <param name="OnlyHere">Kept files whose source is gone.</param>
    /// <param name="Warnings">What an agent is about to delete and is not kept.</param>
    public sealed record ArchiveAccount(
        string State, string? Reason, string Folder, int Files, int OnlyHere, long Bytes, long StoredBytes, int FilesLeft, IReadOnlyList<ArchiveWarning> Warnings);

    public sealed record ArchiveWarning(string Agent, string Root, int AfterDays, int Files, long NextAtMs, string Message);

    /// <summary>The repositories that sessions worked in. Those that cannot be read are no fault of Muse, and are named.</summary>
    /// <param name="OutsideFolders">Folders of sessions that are in no repository.</param>
    public sealed record GitAccount(IReadOnlyList<Repository> Repositories, int OutsideFolders);

    /// <param name="State">What is not <c>ok</c> is left out.</param>
    public sealed record Repository(string Folder, string State, string? Problem, int Worktrees, int Commits, int Sessions);

    private sealed record IngestRoot(string Agent, string Path, string From, bool Exists, bool Readable, string? Problem, int Files, int Sessions);

    private sealed record IngestFile(
        string Path, string Agent, string? SessionId, long Bytes, long CommittedBytes,
        long Lines, long ItemLines, long FoldedLines, long UnknownLines, long MalformedLines, long BlankLines);

    public static DoctorReport From(JsonNode ingest, JsonArray files, JsonNode? stats, JsonNode? archive, JsonNode? repositories, string address, string home)
    {
        var roots = ingest["roots"].Deserialize<List<IngestRoot>>(JsonSerializerOptions.Web) ?? [];
        var accounts = (files.Deserialize<List<IngestFile>>(JsonSerializerOptions.Web) ?? []).ConvertAll(f => new FileAccount(
            f.Path, f.Agent, f.SessionId, f.Bytes, f.CommittedBytes, f.Lines, f.ItemLines, f.FoldedLines, f.UnknownLines, f.MalformedLines, f.BlankLines,
            f.Lines - f.ItemLines - f.FoldedLines - f.UnknownLines - f.MalformedLines - f.BlankLines));
        var agents = Known.Union(roots.Select(r => r.Agent), StringComparer.Ordinal)
            .Select(name => ToAgent(name, roots.FindAll(r => r.Agent == name)))
            .ToList();
        var healthy = accounts.TrueForAll(f => f.Lost == 0) && roots.TrueForAll(r => !r.Exists || (r.Readable && r.Problem is null));
        return new DoctorReport(healthy, address, home, (string?)ingest["state"] ?? "unknown", (string?)ingest["reason"], agents, accounts, ToUsage(stats),
            ToArchive(archive), repositories.Deserialize<GitAccount>(JsonSerializerOptions.Web));
    }

    public string ToText()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Muse at {Address}, data in {Home}. Ingest: {State}{(Reason is null ? "" : $" ({Reason})")}.");
        foreach (var agent in Agents)
        {
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{agent.Name}: {agent.Sessions} sessions in {agent.Files} files");
            foreach (var root in agent.Roots)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  looked in {root.Path} ({root.From}): {Found(root)}");
            }

            if (agent.WhyZero is not null)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  why zero: {agent.WhyZero}");
            }
        }

        text.AppendLine();
        foreach (var file in Files)
        {
            AppendFile(text, file);
        }

        if (Usage is { } usage)
        {
            text.AppendLine().AppendLine(
                CultureInfo.InvariantCulture,
                $"usage: {usage.Responses} responses counted; {usage.Unpriced} without a known price, {usage.Absurd} with a count that cannot be right, {usage.Future} of the future (GET /api/stats/responses lists them)");
        }

        if (Archive is { } archive)
        {
            text.AppendLine().AppendLine(
                CultureInfo.InvariantCulture,
                $"archive: {archive.Files} transcripts kept in {archive.Folder}, {archive.OnlyHere} of them only there; {archive.FilesLeft} still to be kept. State: {archive.State}{(archive.Reason is null ? "" : $" ({archive.Reason})")}.");
            archive.Warnings.ToList().ForEach(warning => text.AppendLine(CultureInfo.InvariantCulture, $"  warning: {warning.Message}"));
        }

        AppendGit(text);
        return text.Append(Healthy ? "Every line of every file is accounted for." : "Something is wrong; see the lines above.").ToString();
    }

    private void AppendGit(StringBuilder text)
    {
        if (Git is null)
        {
            return;
        }

        var (read, all) = (Git.Repositories.Count(r => r.State == "ok"), Git.Repositories.Count);
        var whyZero = all + Git.OutsideFolders == 0 ? " (folders are looked at while Muse runs; ask again in a minute)" : "";
        text.AppendLine().AppendLine(
            CultureInfo.InvariantCulture,
            $"git: {read} repositories read, {all - read} left out; {Git.OutsideFolders} folders of sessions are in none{whyZero}");
        foreach (var repository in Git.Repositories)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"  {repository.Folder}: {repository.Commits} commits, {repository.Sessions} sessions{(repository.State == "ok" ? "" : $"; {repository.State}: {repository.Problem}")}");
        }
    }

    private static void AppendFile(StringBuilder text, FileAccount file)
    {
        text.AppendLine(file.Path);
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"  lines {file.Lines} = items {file.Items} + folded {file.Folded} + unknown {file.Unknown} + malformed {file.Malformed} + blank {file.Blank}");
        if (file.Lost != 0)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {file.Lost} lines are not accounted for: please report this file's agent and version");
        }

        if (file.ReadBytes < file.Bytes)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {file.Bytes - file.ReadBytes} bytes not read yet (a line without its end, or still being read)");
        }
    }

    private static UsageAccount? ToUsage(JsonNode? stats) => stats?["totals"] is { } totals && stats["excluded"] is { } excluded
        ? new UsageAccount((long)totals["responses"]!, (long)totals["unpricedResponses"]!, (long)excluded["absurdResponses"]!, (long)excluded["futureResponses"]!) // the answer of our own program
        : null;

    private static ArchiveAccount? ToArchive(JsonNode? archive) => archive.Deserialize<ArchiveAccount>(JsonSerializerOptions.Web);

    private static string Found(Root root) => root switch
    {
        { Exists: false } => "no such folder",
        { Readable: false } => root.Problem ?? "cannot be read",
        { Problem: { } problem } => problem,
        _ => string.Create(CultureInfo.InvariantCulture, $"{root.Sessions} sessions in {root.Files} files"),
    };

    private static Agent ToAgent(string name, List<IngestRoot> roots)
    {
        var sessions = roots.Sum(r => r.Sessions);
        return new Agent(
            name,
            roots.Sum(r => r.Files),
            sessions,
            sessions > 0 ? null : WhyZero(roots),
            roots.ConvertAll(r => new Root(r.Path, r.From, r.Exists, r.Readable, r.Problem, r.Files, r.Sessions)));
    }

    private static string WhyZero(List<IngestRoot> roots)
    {
        if (roots.Count == 0)
        {
            return "this version of Muse does not look for it";
        }

        if (roots.TrueForAll(r => !r.Exists))
        {
            return "none of the folders exists; the agent has not run under this user, or keeps its files elsewhere (\"roots\" in config.json names further folders)";
        }

        if (roots.Find(r => r.Exists && !r.Readable) is { } closed)
        {
            return $"{closed.Path} cannot be read by this user";
        }

        return roots.Sum(r => r.Files) == 0
            ? "the folders hold no transcripts; agents delete old ones (Claude Code after 30 days)"
            : "the transcripts hold no conversation yet";
    }
}
