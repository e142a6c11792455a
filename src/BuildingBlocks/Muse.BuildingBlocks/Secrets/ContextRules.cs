using System.Buffers.Text;
using System.Text;

namespace Muse.BuildingBlocks.Secrets;

/// <summary>Secrets that are known by their form or by what stands before them.</summary>
internal static class ContextRules
{
    private const string PrivateKey = "PRIVATE KEY";
    private const string EndOfBlock = "-----END";

    public static readonly SecretRule[] All =
    [
        Token("eyJ", JsonWebToken),
        .. new[] { "MT", "Mj", "Mz", "ND", "NT", "Nj", "Nz", "OD", "OT" }.Select(two => Token(two, DiscordToken)),
        Exact("-----BEGIN ", KeyBlock),
        Exact("Private-Lines:", PuttyKey),
        Exact("://", UrlPassword),
        Exact("hooks.slack.com/", (text, at) => Hook(text, at + "hooks.slack.com/".Length, 30, "slack-webhook")),
        Exact("discord.com/api/webhooks/", (text, at) => Hook(text, at + "discord.com/api/webhooks/".Length, 60, "discord-webhook")),
        Exact("discordapp.com/api/webhooks/", (text, at) => Hook(text, at + "discordapp.com/api/webhooks/".Length, 60, "discord-webhook")),
        Exact(":AA", TelegramToken),
        Exact("sig=", (text, at) => text[at - 1] is '?' or '&' or ';' ? Signature(text, at + 4, 40, "azure-sas-signature") : null),
        Exact("X-Amz-Signature=", (text, at) => Signature(text, at + "X-Amz-Signature=".Length, 64, "aws-signature")),
        Exact("X-Goog-Signature=", (text, at) => Signature(text, at + "X-Goog-Signature=".Length, 64, "google-signature")),
        Exact("7Q~", AzureClientSecret),
        Exact("8Q~", AzureClientSecret),
        Exact("AZDO", AzureDevOpsToken),
        Exact(".atlasv1.", TerraformToken),
        Exact("-us", MailchimpKey),
        Any("bearer ", Bearer),
        Any("basic ", Basic),
        Any("\"auth\"", (text, at) => Encoded(text, at + 6)),
        Any("_auth", (text, at) => Encoded(text, at + 5)),
    ];

    /// <summary>Behind what still belongs to a block of base64, whose beginning may stand in an earlier part of the text.</summary>
    /// <param name="isWhole">No more text follows.</param>
    /// <returns>Where it ends, and whether it may go on in text that is not there yet.</returns>
    public static (int End, bool IsOpen) BlockEnd(SecretText text, int from, bool isWhole)
    {
        var at = from;
        while (true)
        {
            at = text.RunEnd(at, 4096, Alphabets.Block);
            var dashes = text.Chars[from..at].IndexOf("-----");
            if (dashes >= 0)
            {
                at = from + dashes;
                var end = at + EndOfBlock.Length;
                if (!isWhole && at + 80 > text.Length)
                {
                    return (at, true);
                }

                if (!text.Chars[at..].StartsWith(EndOfBlock))
                {
                    return (at, false);
                }

                var rest = text.Chars.Slice(end, Math.Min(60, text.Length - end)).IndexOf("-----");
                return (rest < 0 ? end : end + rest + 5, false);
            }

            if (at >= text.Length)
            {
                // Dashes at the end may be the beginning of the last line.
                var last = text.Chars[from..].TrimEnd('-').Length + from;
                return (isWhole ? at : Math.Max(from, last), !isWhole);
            }

            if (!Alphabets.Block.Contains(text[at]))
            {
                return (at, false);
            }

            from = Math.Max(from, at - 4);
        }
    }

    private static SecretRule Exact(string anchor, SecretCheck check) => new(anchor, StringComparison.Ordinal, false, check);

    private static SecretRule Token(string anchor, SecretCheck check) => new(anchor, StringComparison.Ordinal, true, check);

    private static SecretRule Any(string anchor, SecretCheck check) => new(anchor, StringComparison.OrdinalIgnoreCase, false, check);

    private static SecretMatch? JsonWebToken(SecretText text, int at)
    {
        if (!text.IsWordStart(at))
        {
            return null;
        }

        var head = text.RunEnd(at, 4000, Alphabets.Dash);
        if (head - at < 17 || text[head] != '.')
        {
            return text.IsCutAt(head) && head - at > 40 ? new SecretMatch(at, head, "jwt") : null;
        }

        var body = text.RunEnd(head + 1, 8000, Alphabets.Dash);
        if (!text.IsCutAt(body) && (body - head < 17 || text[body] != '.'))
        {
            return null;
        }

        var end = body >= text.Length ? body : text.RunEnd(body + 1, 2000, Alphabets.Dash);
        return (end - body > 16 || text.IsCutAt(end)) && Randomness.IsBody(text.Look(at, Math.Min(end, at + 200))) ? new SecretMatch(at, end, "jwt") : null;
    }

    // base64 of the bot's number, the time, and a signature.
    private static SecretMatch? DiscordToken(SecretText text, int at)
    {
        if (!"AEIMQUYcgk".Contains(text[at + 2], StringComparison.Ordinal) || !text.IsWordStart(at))
        {
            return null;
        }

        var id = text.RunEnd(at, 30, Alphabets.Alnum);
        if (id - at is < 23 or > 28 || text[id] != '.')
        {
            return null;
        }

        var time = text.RunEnd(id + 1, 8, Alphabets.Dash);
        if (time - id != 7 || text[time] != '.')
        {
            return null;
        }

        var end = text.RunEnd(time + 1, 50, Alphabets.Dash);
        return end - time is >= 28 and <= 46 ? new SecretMatch(at, end, "discord-token") : null;
    }

    private static SecretMatch? KeyBlock(SecretText text, int at)
    {
        var head = text.Chars.Slice(at + 11, Math.Min(60, text.Length - at - 11));
        var dashes = head.IndexOf("-----");
        if (dashes < 0 || head[..dashes] is var name && !name.Contains(PrivateKey, StringComparison.Ordinal))
        {
            return null;
        }

        var start = at + 11 + dashes + 5;
        var body = text.RunEnd(start, 80, Alphabets.Block);
        if ((body - start < 64 && !text.IsCutAt(body)) || text.Look(start, Math.Min(body, start + 40)).Contains("-----", StringComparison.Ordinal))
        {
            return null;
        }

        var kind = name.Contains("PGP", StringComparison.Ordinal) ? "pgp-private-key"
            : name.Contains("OPENSSH", StringComparison.Ordinal) ? "ssh-private-key"
            : text.Before(at, 32).Contains("private_key\"", StringComparison.Ordinal) ? "google-service-account"
            : "private-key";
        return new SecretMatch(at, start, kind, IsOpen: true);
    }

    private static SecretMatch? PuttyKey(SecretText text, int at)
    {
        var start = text.RunEnd(at + "Private-Lines:".Length, 2, Alphabets.Blanks);
        start = text.RunEnd(start, 6, Alphabets.Digits);
        start = text.RunEnd(start, 2, Alphabets.NewLine);
        var body = text.RunEnd(start, 80, Alphabets.Block);
        return body - start >= 64 ? new SecretMatch(start, start, "putty-private-key", IsOpen: true) : null;
    }

    private static SecretMatch? UrlPassword(SecretText text, int at)
    {
        if (!char.IsAsciiLetterOrDigit(text[at - 1]))
        {
            return null;
        }

        var user = text.RunEnd(at + 3, 128, Alphabets.UserInfo);
        if (text[user] != ':')
        {
            return null;
        }

        var start = user + 1;
        var end = start;
        while ((end = text.RunEnd(end, 256, Alphabets.UserInfo)) - start <= 256 && text[end] is ':')
        {
            end++;
        }

        if (end - start is 0 or > 256 || text[end] != '@' || !(char.IsAsciiLetterOrDigit(text[end + 1]) || text[end + 1] == '['))
        {
            return null;
        }

        return SecretFinder.TokenAt(text, start) is { } token && token.End <= end ? token
            : Randomness.IsUrlPassword(text.Look(at + 3, user), text.Look(start, end)) ? new SecretMatch(start, end, "url-password")
            : null;
    }

    private static SecretMatch? Hook(SecretText text, int start, int least, string kind)
    {
        var end = start;
        while ((end = text.RunEnd(end, 200, Alphabets.Dash)) - start < 200 && text[end] == '/')
        {
            end++;
        }

        return end - start >= least && end - start < 200 && Randomness.IsBody(text.Look(start, end)) ? new SecretMatch(start, end, kind) : null;
    }

    private static SecretMatch? TelegramToken(SecretText text, int at)
    {
        var start = text.RunStart(at, 11, Alphabets.Digits);
        var end = text.RunEnd(at + 1, 40, Alphabets.Dash);
        // In an address the word bot stands before the number.
        var before = text.Before(start, 3);
        return at - start is >= 8 and <= 10 && end - at is >= 35 and <= 37 && (text.IsWordStart(start) || before is "bot") && Randomness.IsBody(text.Look(at + 3, end))
            ? new SecretMatch(start, end, "telegram-token")
            : null;
    }

    private static SecretMatch? Signature(SecretText text, int start, int least, string kind)
    {
        var end = text.RunEnd(start, 1200, Alphabets.Percent);
        return end - start >= least && Randomness.IsBody(text.Look(start, Math.Min(end, start + 200))) ? new SecretMatch(start, end, kind) : null;
    }

    private static SecretMatch? AzureClientSecret(SecretText text, int at)
    {
        var start = text.RunStart(at, 4, Alphabets.Tilde);
        var end = text.RunEnd(at + 3, 40, Alphabets.Tilde);
        return at - start == 3 && end - at is >= 34 and <= 37 && Randomness.IsBody(text.Look(start, end)) ? new SecretMatch(start, end, "azure-client-secret") : null;
    }

    private static SecretMatch? AzureDevOpsToken(SecretText text, int at)
    {
        var start = text.RunStart(at, 80, Alphabets.Alnum);
        var end = text.RunEnd(at, 12, Alphabets.Alnum);
        return at - start == 76 && end - at == 8 && Randomness.IsBody(text.Look(start, end)) ? new SecretMatch(start, end, "azure-devops-token") : null;
    }

    private static SecretMatch? TerraformToken(SecretText text, int at)
    {
        var start = text.RunStart(at, 16, Alphabets.Alnum);
        var end = text.RunEnd(at + ".atlasv1.".Length, 120, Alphabets.Dash);
        return at - start == 14 && end - at >= 60 && Randomness.IsBody(text.Look(start, end)) ? new SecretMatch(start, end, "terraform-token") : null;
    }

    private static SecretMatch? MailchimpKey(SecretText text, int at)
    {
        var end = text.RunEnd(at + 3, 3, Alphabets.Digits);
        if (end - at is < 4 or > 5 || char.IsAsciiLetterOrDigit(text[end]))
        {
            return null;
        }

        var start = text.RunStart(at, 34, Alphabets.Hex);
        return at - start == 32 && text.IsWordStart(start) && Randomness.IsBody(text.Look(start, at)) ? new SecretMatch(start, end, "mailchimp-key") : null;
    }

    private static SecretMatch? Bearer(SecretText text, int at)
    {
        if (!text.IsWordStart(at))
        {
            return null;
        }

        var start = at + "bearer ".Length;
        if (SecretFinder.TokenAt(text, start) is { } token)
        {
            return token;
        }

        var end = text.RunEnd(start, 2000, Alphabets.Percent);
        return end - start >= 16 && Randomness.IsValue(text.Look(start, Math.Min(end, start + 200)), isQuoted: true) ? new SecretMatch(start, end, "bearer-token") : null;
    }

    private static SecretMatch? Basic(SecretText text, int at) => text.IsWordStart(at) ? Pair(text, at + "basic ".Length) : null;

    /// <summary>What follows a name and is a user and a password in base64.</summary>
    private static SecretMatch? Encoded(SecretText text, int at)
    {
        var start = text.RunEnd(at, 4, Alphabets.Blanks);
        if (text[start] is not (':' or '='))
        {
            return null;
        }

        start = text.RunEnd(start + 1, 4, Alphabets.Blanks);
        start += text[start] == '\\' ? 1 : 0;
        return Pair(text, text[start] is '"' or '\'' ? start + 1 : start);
    }

    private static SecretMatch? Pair(SecretText text, int start)
    {
        var end = text.RunEnd(start, 400, Alphabets.Base64);
        if (end - start is < 12 or >= 400)
        {
            return null;
        }

        Span<byte> plain = stackalloc byte[304];
        Span<byte> encoded = stackalloc byte[400];
        var length = Encoding.ASCII.GetBytes(text.Look(start, end), encoded);
        if (Base64.DecodeFromUtf8(encoded[..length], plain, out _, out var written) != System.Buffers.OperationStatus.Done)
        {
            return null;
        }

        var pair = plain[..written];
        var colon = pair.IndexOf((byte)':');
        if (colon < 1 || pair.IndexOfAnyExceptInRange((byte)' ', (byte)'~') >= 0)
        {
            return null;
        }

        Span<char> password = stackalloc char[written - colon - 1];
        Encoding.ASCII.GetChars(pair[(colon + 1)..], password);
        return Randomness.IsUrlPassword(default, password) ? new SecretMatch(start, end, "basic-auth") : null;
    }
}
