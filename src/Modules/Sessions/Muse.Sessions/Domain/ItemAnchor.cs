using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Muse.Sessions.Persistence;
using Muse.Sessions.Reading;

namespace Muse.Sessions.Domain;

/// <summary>
/// What an item is recognised by for ever: the agent's own id of its record if it has one, else a hash of the record's bytes;
/// with its block, because one record makes several items. Its last known place makes it quick to find.
/// </summary>
/// <param name="NativeId">The record's <c>uuid</c> or <c>id</c>; null if it has none.</param>
/// <param name="Hash">Of the record's bytes.</param>
internal sealed record ItemAnchor(string? NativeId, string Hash, long Offset, int Length, int Block)
{
    /// <summary>Null if the item's bytes are gone.</summary>
    public static ItemAnchor? Of(Item item, TranscriptLines lines)
    {
        var line = lines.Line(item.Offset, item.Length);
        return line.IsEmpty ? null : new ItemAnchor(NativeIdOf(line), HashOf(line), item.Offset, item.Length, item.Block);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Offset}:{Length}:{Block}:{Hash}:{NativeId}");

    /// <exception cref="FormatException">Not what <see cref="ToString"/> wrote.</exception>
    public static ItemAnchor Parse(string text)
    {
        var parts = text.Split(':', 5);
        return new ItemAnchor(
            parts[4].Length == 0 ? null : parts[4], parts[3], long.Parse(parts[0], CultureInfo.InvariantCulture),
            int.Parse(parts[1], CultureInfo.InvariantCulture), int.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    /// <summary>True if the bytes are this record's, also when it was written again with more in it.</summary>
    public bool Is(ReadOnlySpan<byte> line) => !line.IsEmpty
        && (NativeId is { } id ? NativeIdOf(line) == id : line.Length == Length && HashOf(line) == Hash);

    /// <summary>
    /// The item in a transcript as it is read now: at its old place if the record still stands there, else wherever the record
    /// is. Looking for it reads the file, which only a rewritten one needs.
    /// </summary>
    /// <param name="lines">The transcript's; null if nobody has them any more, and the old place is believed.</param>
    public ItemRow? Find(SessionReads reads, CurrentTranscript transcript, TranscriptLines? lines)
    {
        var there = reads.Item(transcript.Generation, new ItemRef(null, Offset, Block));
        if (there is not null && (lines is null || Is(lines.Line(there.Offset, there.Length))))
        {
            return there;
        }

        if (lines is null)
        {
            return null;
        }

        var (first, end) = (ItemKey.First(transcript.Generation), ItemKey.Of(transcript.Generation, transcript.Items));
        var rows = reads.ItemsFrom(first, end, [], int.MaxValue).FindAll(row => row.Block == Block && (NativeId is not null || row.Length == Length));
        lines.Plan(rows.Select(r => new LineRange(r.Offset, r.Length)));
        return rows.Find(row => Is(lines.Line(row.Offset, row.Length)));
    }

    private static string HashOf(ReadOnlySpan<byte> line) => Convert.ToHexStringLower(SHA256.HashData(line))[..24];

    private static string? NativeIdOf(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            string? found = null;
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (isUuid, isId) = (reader.ValueTextEquals("uuid"), reader.ValueTextEquals("id"));
                reader.Read();
                if ((isUuid || isId) && reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: > 0 and <= 200 } id)
                {
                    if (isUuid)
                    {
                        return id;
                    }

                    found = id;
                }

                reader.Skip();
            }

            return found;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
