using Microsoft.Extensions.Configuration;

namespace Muse.Board.Hooks.Install;

/// <summary>A file that hooks belong in.</summary>
/// <param name="Folder">The agent's own folder; without it the agent is not there.</param>
internal sealed record HookTarget(string Agent, string Folder, string File)
{
    public string Path => System.IO.Path.Combine(Folder, File);
}

/// <summary>The folders of the agents, found as their transcripts are.</summary>
internal static class HookRoots
{
    /// <param name="variable">Of the environment.</param>
    public static IReadOnlyList<HookTarget> Of(IConfiguration configuration, Func<string, string?> variable)
    {
        var own = configuration["Muse:Sessions:Home"] ?? "";
        var home = own.Length > 0 ? own : variable("HOME") ?? "/";
        // With a home of its own (demo, tests) the variables of the person who started it must not leak in.
        string? Variable(string name) => own.Length > 0 ? null : variable(name);
        return
        [
            .. Folders("claude-code", Variable("CLAUDE_CONFIG_DIR"), Path.Combine(home, ".claude")).Select(f => new HookTarget("claude-code", f, "settings.json")),
            .. Folders("codex", Variable("CODEX_HOME"), Path.Combine(home, ".codex")).Select(f => new HookTarget("codex", f, "hooks.json")),
        ];

        IEnumerable<string> Folders(string agent, string? named, string otherwise) =>
            (named is { Length: > 0 } ? named.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [otherwise])
            .Concat(configuration.GetSection($"Muse:Sessions:Roots:{agent}").GetChildren().Select(c => c.Value).OfType<string>())
            .Select(Path.GetFullPath).Distinct(StringComparer.Ordinal);
    }
}
