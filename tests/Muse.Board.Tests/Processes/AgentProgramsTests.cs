using Muse.Board.Processes;

namespace Muse.Board.Tests.Processes;

public sealed class AgentProgramsTests
{
    private const string Id = "01234567-89ab-cdef-0123-456789abcdef";

    [Theory]
    [InlineData("claude", "claude", "claude-code", false, null)]
    [InlineData("claude", "/opt/claude --permission-mode manual", "claude-code", false, null)]
    [InlineData("claude", "claude --resume " + Id, "claude-code", false, Id)]
    [InlineData("claude", "claude --resume=" + Id, "claude-code", false, Id)]
    [InlineData("claude", "claude --resume words", "claude-code", false, null)]
    [InlineData("claude", "claude -p hello", "claude-code", true, null)]
    [InlineData("node", "node /lib/node_modules/@anthropic-ai/claude-code/cli.js", "claude-code", false, null)]
    [InlineData("claude", "/bin/sh /home/me/bin/claude --continue", "claude-code", false, null)]
    [InlineData("codex", "codex", "codex", false, null)]
    [InlineData("codex", "/x/bin/codex --no-daemon -c a=\"b\" -m gpt", "codex", false, null)]
    [InlineData("codex", "codex -c a=b resume " + Id, "codex", false, Id)]
    [InlineData("codex", "codex -m exec", "codex", false, null)]
    [InlineData("codex", "codex --json exec hi", "codex", true, null)]
    [InlineData("node", "node --no-warnings=DEP0040 /usr/bin/gemini -m flash", "gemini", false, null)]
    [InlineData("MainThread", "/usr/bin/node --max-old-space-size=4096 /lib/@google/gemini-cli/bundle/gemini.js", "gemini", false, null)]
    [InlineData("node", "node /usr/bin/gemini --prompt=hi", "gemini", true, null)]
    public void Agents_are_recognised(string name, string arguments, string agent, bool headless, string? session)
    {
        Assert.Equal(new AgentProgram(agent, headless, session), AgentPrograms.Recognise(name, arguments.Split(' ')));
    }

    [Theory]
    [InlineData("claude", "claude mcp serve")]
    [InlineData("claude", "claude agents --json")]
    [InlineData("claude", "claude --version")]
    [InlineData("codex", "codex app-server --listen x")]
    [InlineData("codex", "codex -c a=b mcp-server")]
    [InlineData("codex-linux-san", "codex-linux-sandbox --x")]
    [InlineData("node", "node /usr/lib/node_modules/@openai/codex/bin/codex.js")]
    [InlineData("node", "node server.js claude")]
    [InlineData("node", "node")]
    [InlineData("bash", "bash -c claude")]
    [InlineData("vim", "vim claude")]
    [InlineData("claude", "")]
    public void Helpers_and_others_are_not(string name, string arguments)
    {
        Assert.Null(AgentPrograms.Recognise(name, arguments.Length == 0 ? [] : arguments.Split(' ')));
    }
}
