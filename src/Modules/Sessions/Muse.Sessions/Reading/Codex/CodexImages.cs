using System.Buffers.Text;

namespace Muse.Sessions.Reading.Codex;

/// <summary>Images stand in messages and outputs as data URLs.</summary>
internal static class CodexImages
{
    public static List<ImageInfo> List(ReadOnlySpan<byte> bytes)
    {
        var found = new List<ImageInfo>();
        foreach (var url in Urls(bytes))
        {
            var (type, start) = Head(url.In(bytes));
            found.Add(new ImageInfo(found.Count, type ?? "", type is null ? 0 : (url.Length - start) * 3L / 4));
        }

        return found;
    }

    public static ImageBytes? Read(ReadOnlySpan<byte> bytes, int index)
    {
        var urls = Urls(bytes);
        if (index < 0 || index >= urls.Count)
        {
            return null;
        }

        var url = urls[index].In(bytes);
        var (type, start) = Head(url);
        if (type is not ("image/png" or "image/jpeg" or "image/gif" or "image/webp"))
        {
            return null;
        }

        // A slash may be written as \/ and is the only character of base64 that is ever escaped.
        var text = url[start..].IndexOf((byte)'\\') < 0 ? url[start..] : System.Text.Encoding.UTF8.GetBytes(JsonText.Unescape(url[start..]));
        var data = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        return Base64.DecodeFromUtf8(text, data, out _, out var written) == System.Buffers.OperationStatus.Done
            ? new ImageBytes(type, data[..written]) : null;
    }

    private static List<JsonValue> Urls(ReadOnlySpan<byte> bytes)
    {
        var found = new List<JsonValue>();
        var line = new CodexLine();
        if (bytes.IsEmpty || !line.Parse(bytes, 0))
        {
            return found;
        }

        foreach (var fields in (ReadOnlySpan<JsonFields>)[line.Body, line.Item])
        {
            foreach (var list in (ReadOnlySpan<JsonValue>)[fields.Get(bytes, "content"u8), fields.Get(bytes, "images"u8), fields.Get(bytes, "output"u8)])
            {
                var parts = new JsonElements(bytes, list);
                while (parts.MoveNext())
                {
                    var url = parts.Current.IsString ? parts.Current : line.Nested.Read(bytes, parts.Current).Get(bytes, "image_url"u8);
                    if (url.IsString && url.In(bytes).StartsWith("data:"u8))
                    {
                        found.Add(url);
                    }
                }
            }
        }

        return found;
    }

    private static (string? Type, int Start) Head(ReadOnlySpan<byte> url)
    {
        var comma = url.IndexOf(";base64,"u8);
        return !url.StartsWith("data:"u8) || comma is < 5 or > 60
            ? (null, 0) : (JsonText.Unescape(url[5..comma]).Replace("jpg", "jpeg", StringComparison.Ordinal), comma + ";base64,".Length);
    }
}
