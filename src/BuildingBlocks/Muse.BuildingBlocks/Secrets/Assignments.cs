namespace Muse.BuildingBlocks.Secrets;

/// <summary>Values that are given to a name which says that they are secret: <c>api_key = "…"</c>, <c>"password": "…"</c>, <c>--token …</c>.</summary>
internal static class Assignments
{
    private const int LongestValue = 512;

    /// <summary>In lower case; each is found within longer names, too.</summary>
    private static readonly string[] Words =
    [
        "password", "passwd", "passphrase", "pwd", "secret", "token", "api_key", "apikey", "api-key", "access_key", "accesskey", "account_key", "accountkey",
        "auth_key", "authkey", "encryption_key", "signing_key", "license_key", "credential", "authorization", "app_key", "private_key",
    ];

    /// <summary>What may follow the word in a name without making it the name of something else, such as of a hash.</summary>
    private static readonly HashSet<string> Endings = new(
        ["", "key", "accesskey", "access_key", "access-key", "value", "base64", "b64", "prod", "production", "staging", "dev", "live", "main", "primary", "1", "2"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Whose secret it is, by a part of its name; the first that is found.</summary>
    private static readonly (string Part, string Kind)[] Owners =
    [
        ("heroku", "heroku-key"), ("cloudflare", "cloudflare-token"), ("cf_api", "cloudflare-token"), ("twilio", "twilio-auth-token"),
        ("discord", "discord-token"), ("datadog", "datadog-key"), ("dd_api", "datadog-key"), ("dd_app", "datadog-key"), ("sentry", "sentry-token"),
        ("aws_secret", "aws-secret-key"), ("secret_access_key", "aws-secret-key"), ("secretaccesskey", "aws-secret-key"), ("session_token", "session-token"),
        ("sharedaccesskey", "azure-shared-access-key"), ("accountkey", "azure-storage-key"), ("azure", "azure-secret"), ("_authtoken", "npm-auth-token"),
        ("okta", "okta-token"), ("algolia", "algolia-key"), ("client_secret", "oauth-client-secret"), ("clientsecret", "oauth-client-secret"),
        ("passw", "password"), ("passphrase", "password"), ("pwd", "password"), ("authorization", "authorization"), ("api", "api-key"), ("secret", "secret"),
        ("token", "token"),
    ];

    public static readonly SecretRule[] Rules =
    [
        .. Words.Select(word => new SecretRule(word, StringComparison.OrdinalIgnoreCase, IsToken: false, (text, at) => Find(text, at, word.Length))),
    ];

    private static SecretMatch? Find(SecretText text, int at, int length)
    {
        var nameEnd = text.RunEnd(at + length, 24, Alphabets.Dash);
        var ending = text.Look(at + length, nameEnd).TrimStart("_-");
        if (ending.Length > 0 && !Endings.GetAlternateLookup<ReadOnlySpan<char>>().Contains(ending))
        {
            return null;
        }

        var nameStart = text.RunStart(at, 48, Alphabets.Dash);
        var (start, isBlank) = ValueStart(text, nameEnd);
        var name = text.Look(nameStart, nameEnd);
        if (start < 0 || (isBlank && !name.StartsWith("--", StringComparison.Ordinal)))
        {
            return start >= 0 && name is "password" ? Netrc(text, nameStart, start) : null;
        }

        var quote = OpeningQuote(text, ref start);
        var end = quote is { } closing ? QuotedEnd(text, start, closing) : text.RunEnd(start, LongestValue + 1, Alphabets.Bare);
        if (end < 0 || end == start || end - start > LongestValue)
        {
            return null;
        }

        if (SecretFinder.TokenAt(text, start) is { } token && token.End <= end)
        {
            return token;
        }

        // Code that calls, indexes or goes on is no value.
        if (quote is null && text[end] is '(' or '[')
        {
            return null;
        }

        var value = text.Look(start, Math.Min(end, start + 200));
        var kind = KindOf(name);
        return (kind == "password" ? Randomness.IsPassword(value, quote is not null) : Randomness.IsValue(value, quote is not null)) || (text.IsCutAt(end) && value.Length >= 6)
            ? new SecretMatch(start, end, kind)
            : null;
    }

    /// <summary>Behind the separator; -1 if nothing is assigned.</summary>
    private static (int Start, bool IsBlank) ValueStart(SecretText text, int nameEnd)
    {
        var at = nameEnd;
        at += text[at] == '\\' ? 1 : 0;
        at += text[at] is '"' or '\'' or '`' ? 1 : 0;
        at += at > nameEnd && text[at] == ']' ? 1 : 0;
        var blanks = text.RunEnd(at, 6, Alphabets.Blanks);
        if (text[blanks] is not (':' or '='))
        {
            return (blanks > at && at == nameEnd ? blanks : -1, true);
        }

        var behind = blanks + 1;
        if (text[behind] is '=' or '>')
        {
            // := and => assign, == compares.
            if (text[blanks] == text[behind])
            {
                return (-1, false);
            }

            behind++;
        }

        return text[behind] == ':' ? (-1, false) : (text.RunEnd(behind, 6, Alphabets.Blanks), false);
    }

    private static char? OpeningQuote(SecretText text, ref int start)
    {
        var at = start + (text[start] == '\\' ? 1 : 0);
        if (text[at] is not ('"' or '\'' or '`'))
        {
            return null;
        }

        start = at + 1;
        return text[at];
    }

    private static int QuotedEnd(SecretText text, int start, char closing)
    {
        var part = text.Chars.Slice(start, Math.Min(LongestValue + 1, text.Length - start));
        var end = part.IndexOfAny([closing, '\n', '\\', ' ']);
        text.Look(start, start + (end < 0 ? part.Length : end));
        return end < 0 ? (text.IsCutAt(start + part.Length) ? start + part.Length : -1)
            : part[end] == closing || (part[end] == '\\' && end + 1 < part.Length && part[end + 1] == closing) ? start + end
            : -1;
    }

    // machine HOST login USER password WORD
    private static SecretMatch? Netrc(SecretText text, int nameStart, int start)
    {
        var before = text.Before(nameStart, 160);
        if (!before.Contains("login ", StringComparison.Ordinal) || !before.Contains("machine ", StringComparison.Ordinal))
        {
            return null;
        }

        var end = text.RunEnd(start, 200, Alphabets.Bare);
        return SecretFinder.TokenAt(text, start) is { } token ? token
            : Randomness.IsUrlPassword(default, text.Look(start, end)) ? new SecretMatch(start, end, "netrc-password")
            : null;
    }

    private static string KindOf(ReadOnlySpan<char> name)
    {
        foreach (var (part, kind) in Owners)
        {
            if (name.Contains(part, StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }

        return "secret";
    }
}
