using System.Globalization;
using System.Text.Json.Nodes;
using Muse.Testing;

namespace Muse.Sessions.Tests.Features.SearchItems;

/// <summary>Plants needles in a session of Claude Code and in one of its subagents.</summary>
internal sealed class ClaudeNeedles(MuseHost host, NeedleWords words, string session)
{
    private readonly ClaudeTranscript _main = A.Transcript(host, session);
    private int _calls;

    public List<Needle> Planted { get; } = [];

    public void Write()
    {
        _main.Prompt($"The first line, {Word("first line")} it says");
        _main.Prompt($"Could you {Word("prompt")} this?").Reply($"Surely: {Word("reply")}.");
        Thinking($"Perhaps {Word("thinking")} helps");
        Call("Bash", new JsonObject { ["command"] = $"make {Word("input")} -j2" }, $"built\n{Word("output")} in 3 s");
        Call("Bash", new JsonObject { ["command"] = "make" }, $"no rule for {Word("error output", " is:error")}", isError: true);
        Raw($$"""{"type":"assistant","uuid":"e-{{session}}","isApiErrorMessage":true,"message":{"id":"m-e-{{session}}","role":"assistant","model":"<synthetic>","content":[{"type":"text","text":"API Error: {{Word("error")}}"}]} """);
        var folder = Word("path");
        Call("Read", new JsonObject { ["file_path"] = $"/home/ann/{folder}/Cart.cs" }, "class Cart");
        Add("file filter", "words", $"file:{folder}/cart", folder);
        var hump = Word("camelCase part");
        _main.Reply($"see parse{char.ToUpperInvariant(hump[0])}{hump[1..]}Line(x)");
        var (before, behind) = (words.Next(), words.Next());
        _main.Reply($"{before} {behind}").Reply($"{behind} {before}");
        Add("phrase", "words", $"\"{behind} {before}\"", $"{behind} {before}");
        Add("snake_case", "words", $"get_{before}_id", $"get_{before}_id");
        _main.Reply($"call get_{before}_id now");
        var ideographs = words.NextIdeographs();
        _main.Reply($"これは{ideographs}です");
        Add("CJK", "words", ideographs, ideographs);
        Add("CJK in the bytes", "substring", ideographs[..2], ideographs);
        var beginning = words.Next();
        _main.Reply($"some {beginning} here");
        Add("prefix", "words", $"{beginning[..8]}*", beginning);
        Add("middle of a word", "substring", beginning[2..9].ToUpperInvariant(), beginning);
        Add("regex", "regex", $"{beginning[..4]}\\w+{beginning[^3..]}\\b", beginning);
        Add("regex of alternatives", "regex", $"(?:nowhere|{beginning[..7]})\\w", beginning);
        Add("regex without a literal", "regex", string.Concat(beginning.Select(c => $"[{c}-{c}]")), beginning);
        Add("regex of a whole line", "regex", $"^some {beginning} h.re$", beginning);
        var quoted = words.Next();
        Call("Bash", new JsonObject { ["command"] = $"echo \"{quoted}\" 'C:\\{quoted}\\bin'" }, "ok");
        Add("quotes", "substring", $"o \"{quoted}\" '", quoted);
        Add("backslashes", "substring", $"C:\\{quoted}\\b", quoted);
        Add("regex with quotes", "regex", $"\"{quoted}\"\\s'", quoted);
        var (upper, lower) = (words.Next(), words.Next());
        Call("Bash", new JsonObject { ["command"] = "ls" }, $"a {upper}\n\t{lower} b");
        Add("over a line break", "substring", $"{upper}\n\t{lower}", upper);
        Add("regex over a line break", "regex", $"{upper}\\s+{lower[..4]}", lower);
        Add("regex at a line's beginning", "regex", $"^\\t{lower}", lower);
        Escaped();
        var cyrillic = words.NextCyrillic();
        _main.Reply($"слово {char.ToUpper(cyrillic[0], CultureInfo.InvariantCulture)}{cyrillic[1..]} тут");
        Add("capitals beyond ASCII", "substring", cyrillic, cyrillic);
        Add("words beyond ASCII", "words", cyrillic, cyrillic);
        Patched();
        var agent = A.Transcript(host, session, agentId: $"a{session}").Prompt("look").Reply($"I saw {Word("subagent", agent: $"a{session}")}");
        agent.Call("c", "Bash", new JsonObject { ["command"] = "ls" }).Result("c", Word("subagent's output", agent: $"a{session}"));
    }

    /// <summary>A line of 5 MB with needles at its beginning, in its middle and at its end.</summary>
    public void WriteLong()
    {
        string Straw(int count) => string.Concat(Enumerable.Repeat("straw and hay\n", count));
        Call("Bash", new JsonObject { ["command"] = "cat" }, $"{Word("long line")}\n{Straw(180_000)}{Word("middle of a long line")}\n{Straw(180_000)}{Word("end of a long line")}");
        var far = words.Next();
        Call("Bash", new JsonObject { ["command"] = "cat" }, $"{new string('x', 400_000)}{far}{new string('y', 400_000)}");
        Add("long line without a break", "substring", $"x{far}y", far);
        Add("regex in a long line", "regex", $"x{far[..6]}\\w\\wxiy", far);
    }

    /// <summary>What is written once everything before is searchable.</summary>
    public void Append() => _main.Prompt($"And {Word("appended")} then").Reply($"The last line, {Word("last line")}");

    private void Escaped()
    {
        var escaped = words.Next();
        var spelled = string.Concat(escaped.Select(c => $"\\u{(int)c:x4}"));
        Raw($$"""{"type":"user","uuid":"u-{{session}}","timestamp":"2026-11-01T10:00:00.000Z","message":{"role":"user","content":"a {{spelled}} b \u00e9t\u00e9{{escaped[2..]}}"} """);
        Add("escaped ASCII", "words", escaped, escaped);
        Add("escaped ASCII in the bytes", "substring", escaped, escaped);
        Add("escaped ASCII by regex", "regex", $"a\\s{escaped[..5]}\\w+", escaped);
        Add("escaped letters", "substring", $"ÉTÉ{escaped[2..]}", $"été{escaped[2..]}");
    }

    private void Patched()
    {
        var todo = Word("to-do");
        Call("TodoWrite", new JsonObject { ["todos"] = new JsonArray(new JsonObject { ["content"] = $"Mend {todo}", ["status"] = "pending", ["activeForm"] = "Mending" }) }, "ok");
        _main.Call($"p-{session}", "Edit", new JsonObject { ["file_path"] = "/home/ann/shop/a.cs", ["old_string"] = "a", ["new_string"] = "b" }).Result(
            $"p-{session}", "done", report: new JsonObject
            {
                ["filePath"] = "/home/ann/shop/a.cs",
                ["structuredPatch"] = new JsonArray(new JsonObject
                {
                    ["oldStart"] = 1, ["oldLines"] = 1, ["newStart"] = 1, ["newLines"] = 2, ["lines"] = new JsonArray($" {Word("patch")}", "+b"),
                }),
            });
    }

    private void Thinking(string text) =>
        Raw($$"""{"type":"assistant","uuid":"t-{{session}}","message":{"id":"m-t-{{session}}","role":"assistant","model":"claude-opus-4-5","content":[{"type":"thinking","thinking":"{{text}}","signature":"x"}]} """);

    private void Call(string tool, JsonObject input, string output, bool isError = false)
    {
        var id = $"{session}-{_calls++}";
        _main.Call(id, tool, input).Result(id, output, isError);
    }

    private void Raw(string line) => _main.Raw($$"""{{line.TrimEnd()}},"sessionId":"{{session}}","cwd":"/home/ann/shop","version":"2.1.0"}""");

    private string Word(string kind, string filter = "", string? agent = null)
    {
        var word = words.Next();
        Planted.Add(new Needle($"Claude Code: {kind}", "words", word + filter, A.SessionId(session), agent, word));
        return word;
    }

    private void Add(string kind, string mode, string query, string text) => Planted.Add(new Needle($"Claude Code: {kind}", mode, query, A.SessionId(session), null, text));
}
