using System.Text.Json;
using System.Text.Json.Nodes;

namespace Muse.Board.Screens;

/// <summary>The rules of every agent: those of <c>&lt;MUSE_HOME&gt;/rules</c> where there are good ones, else the built-in ones.</summary>
internal sealed class ScreenRuleBook
{
    private const int MaxFileBytes = 1_000_000;
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private readonly Dictionary<string, ScreenRules> _rules = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];

    private ScreenRuleBook()
    {
    }

    /// <summary>The agents that have rules, and whose files are looked for.</summary>
    public static IReadOnlyList<string> Agents { get; } = ["claude-code", "codex", "gemini"];

    public IReadOnlyCollection<ScreenRules> All => _rules.Values;

    /// <summary>What is wrong with files of the folder: file, rule, and what to do.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <param name="folder">Where a person's own rules may be; need not exist.</param>
    public static ScreenRuleBook Load(string? folder)
    {
        var book = new ScreenRuleBook();
        foreach (var agent in Agents)
        {
            book._rules[agent] = book.OwnRules(folder, agent) ?? BuiltIn(agent);
        }

        return book;
    }

    public ScreenRules? Find(string agent) => _rules.GetValueOrDefault(agent);

    private static ScreenRules BuiltIn(string agent)
    {
        using var stream = typeof(ScreenRuleBook).Assembly.GetManifestResourceStream($"Muse.Board.Screens.Rules.{agent}.json")
            ?? throw new InvalidOperationException($"The rules of {agent} are not built in.");
        var file = JsonSerializer.Deserialize<ScreenRuleFile>(stream, ScreenRuleFile.Json);
        var compiler = new ScreenRuleCompiler();
        // A test compiles all of them: this cannot be null in a build that passed.
        return compiler.Compile(file!, agent, "built in") ?? throw new InvalidOperationException(string.Join('\n', compiler.Errors));
    }

    private ScreenRules? OwnRules(string? folder, string agent)
    {
        var path = folder is null ? null : Path.Combine(folder, $"{agent}.json");
        if (path is null || !File.Exists(path))
        {
            return null;
        }

        try
        {
            if (new FileInfo(path).Length > MaxFileBytes)
            {
                return Refuse(path, [$"the file has more than {MaxFileBytes} bytes"]);
            }

            var text = File.ReadAllText(path);
            var file = JsonSerializer.Deserialize<ScreenRuleFile>(text, ScreenRuleFile.Json);
            if (file is null || HoldsNull(JsonNode.Parse(text, documentOptions: Lenient)))
            {
                return Refuse(path, ["there is a null where rules, patterns or names are listed"]);
            }

            var compiler = new ScreenRuleCompiler();
            return compiler.Compile(file, agent, path) ?? Refuse(path, compiler.Errors);
        }
        catch (JsonException exception)
        {
            return Refuse(path, [RuleOf(exception) + exception.Message]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Refuse(path, [exception.Message]);
        }
    }

    /// <summary>In a list, null is none of the things that nullability of the types keeps out.</summary>
    private static bool HoldsNull(JsonNode? node) => node switch
    {
        JsonArray list => list.Any(item => item is null || HoldsNull(item)),
        JsonObject map => map.Any(entry => HoldsNull(entry.Value)),
        _ => false,
    };

    /// <summary>The path of a JSON error counts the rules; that is what there is of a file that cannot be read as one.</summary>
    private static string RuleOf(JsonException exception) =>
        exception.Path is ['$', '.', 'r', 'u', 'l', 'e', 's', '[', .. var rest] && int.TryParse(rest.Split(']')[0], out var index)
            ? $"rule number {index + 1}: "
            : "";

    private ScreenRules? Refuse(string path, IReadOnlyList<string> errors)
    {
        _problems.AddRange(errors.Select(error =>
            $"{path}: {error}. Mend it, or delete the file; until then the built-in rules are used."));
        return null;
    }
}
