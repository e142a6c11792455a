namespace Muse.Sessions.Domain;

/// <summary>The kinds of pictures that are shown, taken from their bytes: what an agent wrote down must not become another kind of document.</summary>
internal static class ImageKind
{
    /// <summary>The media type; null for anything else.</summary>
    public static string? Of(ReadOnlySpan<byte> data) =>
        data.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) ? "image/png"
        : data.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]) ? "image/jpeg"
        : data.StartsWith("GIF8"u8) ? "image/gif"
        : data.Length > 12 && data.StartsWith("RIFF"u8) && data[8..].StartsWith("WEBP"u8) ? "image/webp"
        : null;
}
