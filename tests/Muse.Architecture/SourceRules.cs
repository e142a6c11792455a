using System.Text.RegularExpressions;

namespace Muse.Architecture;

/// <summary>What no compiler sees.</summary>
public sealed partial class SourceRules
{
    // Fails when a folder is called Helpers.
    [Fact]
    public void Folders_are_named_by_what_is_in_them()
    {
        string[] vague = ["Common", "Shared", "Utils", "Util", "Helpers", "Managers", "Misc"];
        var found = House.Sources("src").SelectMany(p => p[House.Root.Length..].Split(Path.DirectorySeparatorChar)).Intersect(vague, StringComparer.OrdinalIgnoreCase);

        Assert.Empty(found);
    }

    // Fails when a comment says TODO.
    [Fact]
    public void Nothing_is_left_to_do_in_a_comment()
    {
        var found = House.Sources("src").Concat(House.Sources("client/src", "*.ts*")).Where(p => LeftOver().IsMatch(File.ReadAllText(p)));

        Assert.Empty(found);
    }

    // Fails when a log template holds what a person wrote.
    [Fact]
    public void Logs_hold_no_words_of_people()
    {
        var found = House.Sources("src").SelectMany(p => LogTemplate().Matches(File.ReadAllText(p)).Select(m => m.Value))
            .Where(template => Private().IsMatch(template));

        Assert.Empty(found);
    }

    // Fails when a file outgrows its subject; generated files and migrations do not count.
    [Fact]
    public void No_source_file_is_longer_than_a_person_reads()
    {
        const int longest = 350;
        var found = House.Sources("src").Select(p => (p, lines: File.ReadLines(p).Count())).Where(f => f.lines > longest).Select(f => $"{f.p}: {f.lines}");

        Assert.Empty(found);
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex LeftOver();

    [GeneratedRegex(@"\[LoggerMessage\([^\]]*\]")]
    private static partial Regex LogTemplate();

    [GeneratedRegex(@"\{(Prompt|Text|Token|Password|Preview|Title|Path)\}")]
    private static partial Regex Private();
}
