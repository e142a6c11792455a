using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Muse.Board.Tmux;

/// <summary>
/// Asks tmux for panes and reads the answer. Titles and folders may hold any character, also the end of a line, so the
/// fields are separated by a random word that nobody who writes a title knows.
/// </summary>
internal sealed class PaneListing
{
    /// <summary>Moves when a program draws something else, though it changes no title: a list to choose from, a turn that failed at once.</summary>
    private const string Drawn = "#{cursor_x},#{cursor_y},#{history_size},#{alternate_on}";
    private const string Row =
        "#{pane_id} #{pane_pid} #{pane_width} #{pane_height} #{pane_dead} #{?pane_in_mode,1,0} #{?pane_synchronized,1,0} " + Drawn;
    private static readonly string[] Fields =
        [Row, "#{session_name}:#{window_index}.#{pane_index}", "#{session_name}", "#{window_name}", "#{pane_current_command}", "#{pane_current_path}", "#{pane_title}"];
    private readonly string _separator = RandomNumberGenerator.GetHexString(16, lowercase: true);

    /// <summary>
    /// What a subscription compares once a second: one line over all panes of the server, of all sessions. A subscription
    /// to <c>%*</c> tells of the attached session's panes only (measured, tmux 3.3a). Its text is not read, it only says
    /// "look"; folders may hold line ends, which would break the line of the message.
    /// </summary>
    public const string Watched =
        "#{S:#{W:#{P:#{pane_id} #{pane_pid} #{pane_width}x#{pane_height} #{pane_dead}#{pane_in_mode} " + Drawn + " #{pane_current_command} " +
        "#{s/[^ -~]/_/:pane_current_path} #{pane_title}|}}}";

    public string[] Command => ["list-panes", "-a", "-F", Format];

    /// <summary>The same fields of one pane.</summary>
    public string[] CommandFor(PaneId pane) => ["display-message", "-p", "-t", pane.Pane, Format];

    private string Format => string.Concat(Fields.Select(asked => asked + _separator));

    /// <summary>Rows that do not look like panes are left out.</summary>
    public IReadOnlyDictionary<PaneId, Pane> Read(string socket, string answer)
    {
        var panes = new Dictionary<PaneId, Pane>();
        foreach (var row in answer.Split(_separator).Chunk(Fields.Length).Where(row => row.Length == Fields.Length))
        {
            if (ReadRow(socket, row) is { } pane)
            {
                // A window linked into two sessions is listed in both.
                panes.TryAdd(pane.Id, pane);
            }
        }

        return panes;
    }

    private static Pane? ReadRow(string socket, string[] row)
    {
        var facts = row[0].Trim().Split(' ');
        if (facts.Length != 8 || new PaneId(socket, facts[0]) is not { IsValid: true } id
            || !Number(facts[1], out var pid) || !Number(facts[2], out var columns) || !Number(facts[3], out var rows))
        {
            return null;
        }

        return new Pane(
            id, Shown(row[2]), Shown(row[3]), Shown(row[1]), pid, Shown(row[4]), Shown(row[6]), row[5], columns, rows,
            Dead: facts[4] == "1", InMode: facts[5] == "1", Synchronized: facts[6] == "1", facts[7]);
    }

    private static bool Number(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    /// <summary>Programs choose these words: what would hide or reorder text is dropped.</summary>
    private static string Shown(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == 0x200D || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate))
            {
                kept.Append(rune.ToString());
            }
        }

        return kept.ToString();
    }
}
