namespace Muse.Board.Domain;

/// <summary>What a person types into a shell to go on with a session without Muse.</summary>
internal static class ResumeCommand
{
    /// <returns>Null while the session's own id is not known, or if it is none that can stand in a command.</returns>
    public static string? Of(Card card)
    {
        if (card.NativeId is not { } id || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') || id.StartsWith('-'))
        {
            return null;
        }

        var resume = card.Agent switch
        {
            "claude-code" => $"claude --resume {id}",
            "codex" => $"codex resume {id}",
            _ => $"gemini --resume {id}",
        };
        return card.Cwd is { Length: > 0 } cwd && !cwd.Any(char.IsControl) ? $"cd {Quote(cwd)} && {resume}" : resume;
    }

    private static string Quote(string path) =>
        path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-') ? path : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
