using System.Text.Json;

namespace Muse.EndToEnd.Cli;

public sealed class ExplainTests : IDisposable
{
    private const string Dialog = """
        ❯ light the lamp
        ────────────────────────────────────────────────────────────
         Bash command
         Light the lamp
        ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
         lamp --on
        ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌
         Do you want to proceed?
         ❯ 1. Yes
           2. No

         Esc to cancel · Tab to amend
        """;

    private readonly MuseFolders _folders = new();

    public void Dispose() => _folders.Dispose();

    [Fact]
    public async Task A_saved_screen_is_classified_without_a_server()
    {
        var (code, output) = await MuseProcess.RunAsync(_folders, "explain", "--screen", Saved(Dialog), "--json");

        var answer = JsonDocument.Parse(output).RootElement;
        Assert.Equal(0, code);
        Assert.Equal(
            ("claude-code", "needs-you", "permission", "permission-command", 3),
            (Word(answer, "agent"), Word(answer, "state"), Word(answer, "reason"), Word(answer, "rule"), answer.GetProperty("lineNumber").GetInt32()));
        Assert.Equal("lamp --on", Word(answer.GetProperty("dialog"), "body"));
        Assert.Equal(2, answer.GetProperty("dialog").GetProperty("choices").GetArrayLength());
        Assert.Equal(["claude-code", "codex", "gemini"], answer.GetProperty("tried").EnumerateArray().Select(t => Word(t, "agent")));
        Assert.False(Directory.Exists(_folders.Muse));
    }

    [Fact]
    public async Task Without_json_it_names_state_reason_rule_and_line()
    {
        var (code, output) = await MuseProcess.RunAsync(_folders, "explain", "--screen", Saved(Dialog), "--agent", "claude-code");

        Assert.Equal(0, code);
        Assert.Contains("needs-you (permission)", output, StringComparison.Ordinal);
        Assert.Contains("permission-command: A command waits to be allowed.", output, StringComparison.Ordinal);
        Assert.Contains("3: Bash command", output, StringComparison.Ordinal);
        Assert.Contains("> 1. Yes", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Title_and_command_are_believed()
    {
        var screen = Saved("• half an answer\n\n› Ask Codex to do anything\n\n  GPT-6-Sol · ~/lamp\n  ? for shortcuts\n");

        var (_, working) = await MuseProcess.RunAsync(_folders, "explain", "--screen", screen, "--agent", "codex", "--title", "⠙ lamp", "--json");
        var (_, unsure) = await MuseProcess.RunAsync(_folders, "explain", "--screen", screen, "--agent", "codex", "--json");
        var (_, ended) = await MuseProcess.RunAsync(_folders, "explain", "--screen", Saved("ada@lamp:~$ \n"), "--agent", "codex", "--command", "bash", "--json");

        Assert.Equal(
            ("working", "unknown", "ended"),
            (Word(JsonDocument.Parse(working).RootElement, "state"), Word(JsonDocument.Parse(unsure).RootElement, "state"), Word(JsonDocument.Parse(ended).RootElement, "state")));
    }

    [Fact]
    public async Task A_screen_of_nobody_is_unknown_and_that_is_no_failure()
    {
        var (code, output) = await MuseProcess.RunAsync(_folders, "explain", "--screen", Saved("just some text\n"), "--json");

        var answer = JsonDocument.Parse(output).RootElement;
        Assert.Equal((0, "unknown", "none"), (code, Word(answer, "state"), Word(answer, "rule")));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("agent").ValueKind);
    }

    [Fact]
    public async Task Rules_in_the_data_folder_that_cannot_be_used_are_named()
    {
        Directory.CreateDirectory(Path.Combine(_folders.Muse, "rules"));
        await File.WriteAllTextAsync(Path.Combine(_folders.Muse, "rules", "codex.json"), "{ broken");

        var (code, output) = await MuseProcess.RunAsync(_folders, "explain", "--screen", Saved(Dialog));

        Assert.Equal(0, code);
        Assert.Contains("codex.json: ", output, StringComparison.Ordinal);
        Assert.Contains("until then the built-in rules are used", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no such file", "There is no file '")]
    [InlineData("a folder", "is a folder")]
    [InlineData("empty", "is empty")]
    [InlineData("too large", "has more than 4 MB")]
    [InlineData("another agent", "There are no rules for 'clippy'. Give one of claude-code, codex, gemini")]
    public async Task What_cannot_be_read_is_said(string case_, string message)
    {
        string[] arguments = case_ switch
        {
            "no such file" => [Path.Combine(_folders.User, "none.txt")],
            "a folder" => [_folders.User],
            "empty" => [Saved("\n \n")],
            "too large" => [Saved(new string('x', 5_000_000))],
            _ => [Saved(Dialog), "--agent", "clippy"],
        };

        var (code, output) = await MuseProcess.RunAsync(_folders, ["explain", "--screen", .. arguments]);

        Assert.Equal(1, code);
        Assert.Contains(message, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dash_reads_standard_input()
    {
        var (code, output) = await MuseProcess.RunWithInputAsync(_folders, Dialog, "explain", "--screen", "-", "--json");

        Assert.Equal((0, "needs-you"), (code, Word(JsonDocument.Parse(output).RootElement, "state")));
    }

    private string Saved(string screen)
    {
        var path = Path.Combine(_folders.User, $"{Directory.GetFiles(_folders.User).Length}.txt");
        File.WriteAllText(path, screen);
        return path;
    }

    private static string? Word(JsonElement answer, string name) => answer.GetProperty(name).GetString();
}
