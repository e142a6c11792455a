using System.Text;

namespace Muse.Sessions.Search;

/// <summary>
/// What filters ask for, as words of the index that no text can hold: so a filter costs what a word costs, however many
/// hits it leaves out.
/// </summary>
internal static class SearchMarks
{
    private const int Longest = 200;

    /// <summary>Every document has it: what a query without words begins with.</summary>
    public const string Any = "\u0001any\u0002";

    public static string Tool(string name) => Mark("tool", name);

    public static string Agent(string agent) => Mark("agent", agent);

    public static string Model(string model) => Mark("model", model);

    /// <summary>The project's path, or its last segment.</summary>
    public static string Project(string path) => Mark("project", path.TrimEnd('/'));

    public static string Is(string state) => Mark("is", state);

    public static string Has(string thing) => Mark("has", thing);

    /// <summary>A path segment by segment, so that any end of it is found.</summary>
    public static string File(string path) =>
        string.Concat(path.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries).Select(segment => Mark("file", segment)));

    private static string Mark(string name, string value)
    {
        var kept = new StringBuilder(name, Longest + 20).Append(':');
        foreach (var c in value.Length > Longest ? value[..Longest] : value)
        {
            kept.Append(c < ' ' || c == '"' || char.IsSurrogate(c) ? ' ' : char.ToLowerInvariant(c));
        }

        return $"\u0001{kept}\u0002";
    }
}
