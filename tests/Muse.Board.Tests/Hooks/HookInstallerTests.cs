using System.Text.Json.Nodes;
using System.Runtime.Versioning;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using Muse.Board.Hooks.Install;

namespace Muse.Board.Tests.Hooks;

[UnsupportedOSPlatform("windows")]
public sealed class HookInstallerTests : IDisposable
{
    private const string Foreign = """
        {
            "model" : "opus",   "env": {"A":"it's"},
            "hooks": {
                "Stop": [
                    { "hooks": [ { "type": "command", "command": "say 'done' > /dev/null" } ] }
                ]
            },

            "theme":"dark"
        }

        """;

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("muse-hooks-");
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public HookInstallerTests() => Directory.CreateDirectory(Path.Combine(_home.FullName, ".claude"));

    private string Settings => Path.Combine(_home.FullName, ".claude", "settings.json");

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public async Task Without_a_file_one_is_made_for_its_owner_alone()
    {
        var (code, said) = await RunAsync(install: true);

        var hooks = JsonNode.Parse(File.ReadAllText(Settings))!["hooks"]!.AsObject();
        Assert.Equal(0, code);
        Assert.Equal("http://127.0.0.1:6873/api/hooks/claude-code", (string?)hooks["PreToolUse"]![0]!["hooks"]![0]!["url"]);
        // It never arrives over http.
        Assert.Equal("command", (string?)hooks["SessionStart"]![0]!["hooks"]![0]!["type"]);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Settings));
        Assert.Contains("+   \"hooks\": {", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_else_stays_byte_for_byte()
    {
        File.WriteAllText(Settings, Foreign);

        await RunAsync(install: true);

        var text = File.ReadAllText(Settings);
        Assert.StartsWith("{\n    \"model\" : \"opus\",   \"env\": {\"A\":\"it's\"},\n    \"hooks\": {", text, StringComparison.Ordinal);
        Assert.EndsWith("},\n\n    \"theme\":\"dark\"\n}\n", text, StringComparison.Ordinal);
        Assert.Contains("say 'done' > /dev/null", text, StringComparison.Ordinal);
        Assert.Equal(2, JsonNode.Parse(text)!["hooks"]!["Stop"]!.AsArray().Count);
    }

    [Fact]
    public async Task Installed_twice_changes_nothing_and_makes_no_backup()
    {
        File.WriteAllText(Settings, Foreign);
        await RunAsync(install: true);
        var (before, files) = (File.ReadAllText(Settings), _home.GetFiles("*", SearchOption.AllDirectories).Length);

        var (_, said) = await RunAsync(install: true);

        Assert.Equal((before, files), (File.ReadAllText(Settings), _home.GetFiles("*", SearchOption.AllDirectories).Length));
        Assert.Contains("there already", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}\n")]
    [InlineData("{\"a\": 1}")]
    [InlineData("{\n\t\"a\": 1,\n\t\"b\": [1, 2]\n}\n")]
    [InlineData("{\r\n  \"a\": 1\r\n}\r\n")]
    [InlineData("\uFEFF{\n  \"a\": 1\n}\n")]
    public async Task Taken_out_again_the_file_is_as_it_was(string before)
    {
        File.WriteAllText(Settings, before);
        var bytes = File.ReadAllBytes(Settings);

        await RunAsync(install: true);
        Assert.NotEqual(bytes, File.ReadAllBytes(Settings));
        await RunAsync(install: false);

        Assert.Equal(bytes, File.ReadAllBytes(Settings));
    }

    [Fact]
    public async Task Taken_out_again_foreign_hooks_are_left()
    {
        File.WriteAllText(Settings, Foreign);
        await RunAsync(install: true);

        await RunAsync(install: false);

        var hooks = JsonNode.Parse(File.ReadAllText(Settings))!["hooks"]!.AsObject();
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Foreign)!["hooks"], hooks));
    }

    [Fact]
    public async Task Another_port_takes_the_place_of_the_old_one()
    {
        await RunAsync(install: true);

        await RunAsync(install: true, address: "http://127.0.0.1:7000");

        var text = File.ReadAllText(Settings);
        Assert.DoesNotContain("6873", text, StringComparison.Ordinal);
        Assert.Single(JsonNode.Parse(text)!["hooks"]!["Stop"]!.AsArray());
    }

    [Fact]
    public async Task A_dry_run_shows_and_writes_nothing()
    {
        File.WriteAllText(Settings, Foreign);

        var (code, said) = await RunAsync(install: true, dryRun: true);

        Assert.Equal((0, Foreign), (code, File.ReadAllText(Settings)));
        Assert.Contains("+ ", said, StringComparison.Ordinal);
        Assert.Contains("Nothing was written", said, StringComparison.Ordinal);
        Assert.Single(_home.GetFiles("*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("{ \"a\": 1, }")]
    [InlineData("// mine\n{}")]
    [InlineData("{\"hooks\": []}")]
    [InlineData("{\"hooks\": {\"Stop\": {}}}")]
    [InlineData("{\"hooks\": {}, \"hooks\": {}}")]
    [InlineData("[]")]
    [InlineData("{} {}")]
    [InlineData("{\"a\":")]
    [InlineData("nonsense")]
    public async Task What_cannot_be_understood_is_left_alone_and_named(string before)
    {
        File.WriteAllText(Settings, before);

        var (code, said) = await RunAsync(install: true);

        Assert.Equal((1, before), (code, File.ReadAllText(Settings)));
        Assert.Contains("was left alone", said, StringComparison.Ordinal);
        Assert.Single(_home.GetFiles("*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_left_alone()
    {
        File.WriteAllBytes(Settings, [(byte)'{', 0xff, (byte)'}']);

        var (code, said) = await RunAsync(install: true);

        Assert.Equal(1, code);
        Assert.Contains("not UTF-8", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_is_a_backup_and_the_rights_stay()
    {
        File.WriteAllText(Settings, Foreign);
        File.SetUnixFileMode(Settings, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        await RunAsync(install: true);

        var backup = Assert.Single(_home.GetFiles("settings.json.before-muse-*", SearchOption.AllDirectories));
        Assert.Equal(Foreign, File.ReadAllText(backup.FullName));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(Settings));
    }

    [Fact]
    public async Task A_link_stays_a_link()
    {
        var real = Path.Combine(_home.FullName, "dotfiles.json");
        File.WriteAllText(real, "{}");
        File.CreateSymbolicLink(Settings, real);

        await RunAsync(install: true);

        Assert.NotNull(new FileInfo(Settings).LinkTarget);
        Assert.Contains("/api/hooks/claude-code", File.ReadAllText(real), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_somebody_changes_meanwhile_is_left_alone()
    {
        File.WriteAllText(Settings, "{}");
        var file = new OwnersFile(Settings);
        File.WriteAllText(Settings, "{\"a\":1}");

        Assert.Throws<HookFileException>(() => file.Replace("{\"b\":2}", _clock.GetUtcNow()));
        Assert.Equal("{\"a\":1}", File.ReadAllText(Settings));
        Assert.Single(_home.GetFiles("*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Codex_gets_a_file_of_its_own_and_needs_trust()
    {
        Directory.CreateDirectory(Path.Combine(_home.FullName, ".codex"));

        var (_, said) = await RunAsync(install: true);

        var hooks = JsonNode.Parse(File.ReadAllText(Path.Combine(_home.FullName, ".codex", "hooks.json")))!["hooks"]!;
        Assert.Contains("/api/hooks/codex", (string?)hooks["Interrupt"]![0]!["hooks"]![0]!["command"], StringComparison.Ordinal);
        Assert.Contains("Hooks need review", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_agent_nothing_is_made()
    {
        Directory.Delete(Path.Combine(_home.FullName, ".claude"));

        var (code, said) = await RunAsync(install: true);

        Assert.Equal(1, code);
        Assert.Contains("No agent", said, StringComparison.Ordinal);
        Assert.Empty(_home.GetFileSystemInfos());
    }

    [Fact]
    public void Every_root_is_found()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Muse:Sessions:Roots:claude-code:0", "/more/.claude")]).Build();

        var targets = HookRoots.Of(configuration, name => name switch { "HOME" => "/home/ann", "CLAUDE_CONFIG_DIR" => "/one, /two", _ => null });

        Assert.Equal(["/one/settings.json", "/two/settings.json", "/more/.claude/settings.json", "/home/ann/.codex/hooks.json"], targets.Select(t => t.Path));
    }

    private async Task<(int Code, string Said)> RunAsync(bool install, bool dryRun = false, string address = "http://127.0.0.1:6873")
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Muse:Sessions:Home", _home.FullName)]).Build();
        var output = new StringWriter();
        var code = await new HookInstaller(HookRoots.Of(configuration, _ => null), address, _clock, output).RunAsync(install, dryRun);
        return (code, output.ToString());
    }
}
