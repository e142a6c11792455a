namespace Muse.Sessions.Reading.Gemini;

/// <summary>Content is a string, a part, or a list of parts.</summary>
internal static class GeminiContent
{
    /// <summary>The first text a person should see; thoughts and calls have items of their own.</summary>
    /// <param name="wrapped">The program put its own context before it.</param>
    public static JsonValue Text(ReadOnlySpan<byte> line, JsonValue content, JsonFields scratch, out int images, out bool wrapped)
    {
        (images, wrapped) = (0, false);
        if (!content.IsArray)
        {
            return PartText(line, content, scratch, ref images, ref wrapped);
        }

        JsonValue found = default;
        var parts = new JsonElements(line, content);
        while (parts.MoveNext())
        {
            var text = PartText(line, parts.Current, scratch, ref images, ref wrapped);
            found = found.Length > 0 ? found : text;
        }

        return found;
    }

    public static bool IsWrapper(ReadOnlySpan<byte> escaped) => escaped.StartsWith("<session_context>"u8) || escaped.StartsWith("<hook_context>"u8)
        || escaped.SequenceEqual("System: Please continue."u8);

    private static JsonValue PartText(ReadOnlySpan<byte> line, JsonValue part, JsonFields scratch, ref int images, ref bool wrapped)
    {
        var text = part;
        if (part.IsObject)
        {
            scratch.Read(line, part);
            images += scratch.Get(line, "inlineData"u8).IsObject ? 1 : 0;
            text = scratch.Get(line, "thought"u8).Bool(line) == true ? default : scratch.Get(line, "text"u8);
        }

        if (!text.IsString)
        {
            return default;
        }

        var isWrapper = IsWrapper(text.In(line));
        wrapped |= isWrapper;
        return isWrapper ? default : text;
    }
}
