using System.Text;
using System.Text.Json;

namespace Muse.Sessions.Reading;

/// <summary>What a call's arguments say of it: a line to show, the file, whether it commits, a patch.</summary>
internal sealed record CallFacts(string Preview, string? File = null, bool Commits = false, string? Patch = null);

/// <summary>Reads a call's arguments: JSON within a string, plain text, or an object, by era and tool.</summary>
internal static class CallArguments
{
    /// <summary>A patch may be large; commands and queries never are.</summary>
    private const int LongestArguments = 4 << 20;

    public static CallFacts Read(ReadOnlySpan<byte> line, JsonValue arguments, JsonFields fields)
    {
        if (arguments.IsObject)
        {
            return ReadObject(line, fields.Read(line, arguments), fields);
        }

        if (!arguments.IsString)
        {
            return new CallFacts("");
        }

        var escaped = arguments.In(line);
        if (escaped.Length is 0 or > LongestArguments || escaped[0] != '{')
        {
            return ReadText(JsonText.Unescape(escaped[..Math.Min(escaped.Length, LongestArguments)]));
        }

        var inner = Encoding.UTF8.GetBytes(JsonText.Unescape(escaped));
        return JsonFields.IsObject(inner)
            ? ReadObject(inner, fields.Read(inner, new JsonValue(JsonTokenType.StartObject, 0, inner.Length)), fields)
            : ReadText(JsonText.Unescape(escaped));
    }

    /// <summary>A shell's command as a person would type it: <c>["bash", "-lc", "ls"]</c> is <c>ls</c>.</summary>
    public static string Command(ReadOnlySpan<byte> line, JsonValue command)
    {
        if (command.IsString)
        {
            return command.Text(line)!;
        }

        var words = new List<string>();
        var all = new JsonElements(line, command);
        while (all.MoveNext())
        {
            words.Add(all.Current.Text(line) ?? "");
        }

        return words.Count == 3 && words[1] is "-lc" or "-c" or "-Command" ? words[2] : string.Join(' ', words);
    }

    private static CallFacts ReadObject(ReadOnlySpan<byte> line, JsonFields of, JsonFields scratch)
    {
        var command = of.Get(line, "command"u8);
        command = command.IsNothing ? of.Get(line, "cmd"u8) : command;
        if (!command.IsNothing)
        {
            return ReadText(Command(line, command));
        }

        if (of.Get(line, "patch"u8).Text(line) is { } patch || (of.Get(line, "input"u8).Text(line) is { } input && PatchText.Holds(patch = input)))
        {
            return ReadText(patch);
        }

        var plan = of.Get(line, "plan"u8);
        plan = plan.IsArray ? plan : of.Get(line, "todos"u8);
        if (plan.IsArray)
        {
            return new CallFacts(PlanPreview(line, plan, scratch));
        }

        if (of.Get(line, "questions"u8) is { IsArray: true } questions)
        {
            var all = new JsonElements(line, questions);
            return new CallFacts(all.MoveNext() ? scratch.Read(line, all.Current).Get(line, "question"u8).Preview(line) : "");
        }

        var file = First(line, of, "path"u8, "file_path"u8, "file"u8) ?? First(line, of, "absolute_path"u8, "dir_path"u8, "notebook_path"u8);
        var shown = First(line, of, "query"u8, "message"u8, "chars"u8) ?? First(line, of, "prompt"u8, "url"u8, "pattern"u8) ?? file;
        return new CallFacts(shown is null ? Plain(line, of) : PreviewText.From(shown), file);
    }

    private static CallFacts ReadText(string text)
    {
        if (PatchText.Holds(text))
        {
            var paths = PatchText.Parse(text).Select(p => p.Path).ToList();
            return new CallFacts(PreviewText.From(string.Join(", ", paths)), paths.FirstOrDefault(), Patch: text);
        }

        return new CallFacts(PreviewText.From(text), Commits: GitOutput.MakesCommits(text));
    }

    private static string PlanPreview(ReadOnlySpan<byte> line, JsonValue plan, JsonFields scratch)
    {
        var (done, count, current) = (0, 0, "");
        var steps = new JsonElements(line, plan);
        while (steps.MoveNext())
        {
            scratch.Read(line, steps.Current);
            count++;
            var status = scratch.Get(line, "status"u8);
            done += status.Is(line, "completed"u8) ? 1 : 0;
            var step = scratch.Get(line, "step"u8);
            step = step.IsString ? step : scratch.Get(line, "description"u8);
            current = current.Length == 0 && !status.Is(line, "completed"u8) ? step.Preview(line) : current;
        }

        return PreviewText.From(current.Length > 0 ? $"{done}/{count} {current}" : $"{done}/{count}");
    }

    private static string? First(ReadOnlySpan<byte> line, JsonFields of, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c) =>
        of.Get(line, a).Text(line, 4096) is { Length: > 0 } first ? first
        : of.Get(line, b).Text(line, 4096) is { Length: > 0 } second ? second
        : of.Get(line, c).Text(line, 4096) is { Length: > 0 } third ? third : null;

    /// <summary>Of a tool nobody knows: its plain values, with their names.</summary>
    private static string Plain(ReadOnlySpan<byte> line, JsonFields of)
    {
        var text = new StringBuilder();
        for (var i = 0; i < of.Count && text.Length < PreviewText.MaxLength; i++)
        {
            var (key, value) = of.At(i);
            if (value.Length > 0 && value.Type is JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False)
            {
                text.Append(text.Length > 0 ? ", " : "").Append(key.Text(line, 80)).Append(": ").Append(JsonText.Unescape(value.In(line), 200));
            }
        }

        return PreviewText.From(text.ToString());
    }
}
