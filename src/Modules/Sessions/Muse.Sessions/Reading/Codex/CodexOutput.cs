using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Muse.Sessions.Reading.Codex;

/// <param name="Body">Where the tool's own output begins in the text.</param>
internal readonly record struct OutputHead(int? ExitCode, long? DurationMs, int Body);

/// <summary>
/// The text a tool gave back, by era: JSON within the string (0.39 to 0.47), <c>Exit code: 0</c> (0.99), <c>Process exited
/// with code 0</c> (0.104 and later). There is no flag for a failure but the exit code in there.
/// </summary>
internal static class CodexOutput
{
    private const string OutputMark = "Output:\n";
    private static readonly System.Buffers.SearchValues<char> Digits = System.Buffers.SearchValues.Create("-0123456789.");

    public static OutputHead ReadHead(string text)
    {
        if (!text.StartsWith("Exit code: ", StringComparison.Ordinal) && !text.StartsWith("Chunk ID: ", StringComparison.Ordinal)
            && !text.StartsWith("Wall time: ", StringComparison.Ordinal))
        {
            return default;
        }

        var mark = text.IndexOf(OutputMark, StringComparison.Ordinal);
        var head = mark < 0 ? text : text[..mark];
        var exit = After(head, "Exit code: ") ?? After(head, "Process exited with code ");
        var seconds = After(head, "Wall time: ");
        return new OutputHead((int?)exit, seconds is { } s ? (long)(s * 1000) : null, mark < 0 ? text.Length : mark + OutputMark.Length);
    }

    /// <summary>The form of 0.39 to 0.47: <c>{"output":"…","metadata":{"exit_code":0,"duration_seconds":0.1}}</c>.</summary>
    public static (string Text, int? ExitCode, long? DurationMs)? ReadJson(string text)
    {
        if (!text.StartsWith("{\"output\":", StringComparison.Ordinal))
        {
            return null;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        if (!JsonFields.IsObject(bytes))
        {
            return null;
        }

        var fields = new JsonFields();
        fields.Read(bytes, new JsonValue(JsonTokenType.StartObject, 0, bytes.Length));
        var output = fields.Get(bytes, "output"u8).Text(bytes) ?? "";
        fields.Read(bytes, fields.Get(bytes, "metadata"u8));
        var seconds = fields.Get(bytes, "duration_seconds"u8).Real(bytes);
        return (output, (int?)Clamp(fields.Get(bytes, "exit_code"u8).Number(bytes)), seconds is { } s ? (long)(Math.Clamp(s, 0, 1e9) * 1000) : null);
    }

    /// <summary>The string that holds the output's text: itself, the first text of parts, or <c>content</c> of an object.</summary>
    public static JsonValue TextOf(ReadOnlySpan<byte> line, JsonValue output, JsonFields scratch)
    {
        if (output.IsObject)
        {
            output = scratch.Read(line, output).Get(line, "content"u8);
        }

        if (!output.IsArray)
        {
            return output.IsString ? output : default;
        }

        var parts = new JsonElements(line, output);
        while (parts.MoveNext())
        {
            if (scratch.Read(line, parts.Current).Get(line, "text"u8) is { IsString: true } text)
            {
                return text;
            }
        }

        return default;
    }

    public static long? DurationMs(ReadOnlySpan<byte> line, JsonValue duration, JsonFields scratch)
    {
        if (duration.IsObject)
        {
            scratch.Read(line, duration);
            return (scratch.Get(line, "secs"u8).Count(line) * 1000) + (scratch.Get(line, "nanos"u8).Count(line) / 1_000_000);
        }

        return null;
    }

    public static long? Clamp(long? value) => value is { } v ? Math.Clamp(v, int.MinValue, int.MaxValue) : null;

    private static double? After(string head, string label)
    {
        var at = head.IndexOf(label, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var rest = head.AsSpan(at + label.Length);
        var end = rest.IndexOfAnyExcept(Digits);
        return double.TryParse(end < 0 ? rest : rest[..end], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) < 1e9
            ? value : null;
    }
}
