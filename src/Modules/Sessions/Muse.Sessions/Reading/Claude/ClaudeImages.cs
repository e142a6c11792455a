using System.Buffers.Text;
using System.Text.Json;

namespace Muse.Sessions.Reading.Claude;

/// <summary>Images inside a line, in the order they stand there, wherever they are nested.</summary>
internal static class ClaudeImages
{
    /// <summary>Kinds a browser shows without running anything.</summary>
    private static readonly string[] Allowed = ["image/png", "image/jpeg", "image/gif", "image/webp"];

    public static ImageBytes? Read(ReadOnlySpan<byte> line, int index)
    {
        ImageBytes? found = null;
        Visit(line, (mediaType, data, at) =>
        {
            if (at == index && Allowed.Contains(mediaType, StringComparer.Ordinal))
            {
                var decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(data.Length)];
                if (Base64.DecodeFromUtf8(data, decoded, out _, out var written) == System.Buffers.OperationStatus.Done)
                {
                    found = new ImageBytes(mediaType, decoded[..written]);
                }
            }
        });
        return found;
    }

    public static void List(ReadOnlySpan<byte> line, List<ImageInfo> images) =>
        Visit(line, (mediaType, data, at) => images.Add(new ImageInfo(at, mediaType, data.Length / 4L * 3)));

    private delegate void Found(string mediaType, ReadOnlySpan<byte> data, int index);

    /// <summary>Finds every object with <c>type: base64</c>, a media type and data.</summary>
    private static void Visit(ReadOnlySpan<byte> line, Found found)
    {
        var index = 0;
        try
        {
            var reader = new JsonCursor(line);
            var mediaType = "";
            JsonSlice data = default;
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.StartObject)
                {
                    (mediaType, data) = ("", default);
                }
                else if (reader.TokenType == JsonTokenType.EndObject && mediaType.Length > 0 && !data.IsEmpty)
                {
                    found(mediaType, data.In(line), index++);
                    (mediaType, data) = ("", default);
                }
                else if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    var isType = reader.ValueTextEquals("media_type"u8);
                    var isData = reader.ValueTextEquals("data"u8);
                    // The tool's report repeats the picture that the message holds.
                    var isReport = reader.Depth == 1 && reader.ValueTextEquals("toolUseResult"u8);
                    reader.Read();
                    if (isReport)
                    {
                        reader.Skip();
                    }
                    else if (isType && reader.TokenType == JsonTokenType.String)
                    {
                        mediaType = JsonText.Unescape(reader.ValueSpan, 100);
                    }
                    else if (isData)
                    {
                        data = JsonText.SliceOf(ref reader);
                    }
                    else if (reader.TokenType == JsonTokenType.StartObject)
                    {
                        (mediaType, data) = ("", default);
                    }
                }
            }
        }
        catch (JsonException)
        {
            // What was found before the damage is shown.
        }
    }
}
