namespace Muse.BuildingBlocks.Tests.Secrets;

/// <summary>
/// Secrets of each kind in the shape that their makers give them, drawn at run time: none of them stands in this repository.
/// </summary>
internal sealed class MadeUpSecrets(int seed)
{
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Digits = "0123456789";
    private const string Alnum = Upper + Lower + Digits;
    private const string Hex = Digits + "abcdef";
    private readonly Random _random = new(seed);

    /// <param name="Before">Text that is left, up to the secret.</param>
    /// <param name="Secret">What must be gone.</param>
    public sealed record Seed(string Kind, string Before, string Secret, string After)
    {
        public string Text => Before + Secret + After;
    }

    public IReadOnlyList<Seed> All()
    {
        var pem = string.Join('\n', Enumerable.Range(0, 12).Select(_ => Draw(Alnum + "+/", 64)));
        return
        [
            Token("aws-access-key-id", "AKIA", Upper + "234567", 16),
            Token("aws-bedrock-key", "ABSK", Alnum, 120),
            Token("github-token", "ghp_", Alnum, 36),
            Token("github-token", "ghs_", Alnum, 36),
            Token("github-token", "github_pat_", Alnum, 82),
            Token("gitlab-token", "glpat-", Alnum, 20),
            Token("slack-token", "xoxb-", Digits, 12, "-", Alnum, 24),
            Token("stripe-key", "sk_live_", Alnum, 24),
            Token("stripe-key", "rk_live_", Alnum, 99),
            Token("webhook-secret", "whsec_", Alnum, 32),
            Token("anthropic-key", "sk-ant-api03-", Alnum, 93),
            Token("openrouter-key", "sk-or-v1-", Hex, 64),
            Token("openai-key", "sk-proj-", Alnum + "_-", 120),
            Token("openai-key", "sk-", Alnum, 48),
            Token("google-api-key", "AIza", Alnum + "_-", 35),
            Token("google-oauth-token", "ya29.", Alnum, 120),
            Token("google-oauth-secret", "GOCSPX-", Alnum, 28),
            Token("google-refresh-token", "1//0", Alnum, 60),
            Token("npm-token", "npm_", Alnum, 36),
            Token("pypi-token", "pypi-AgE", Alnum, 150),
            Token("hugging-face-token", "hf_", Upper + Lower, 34),
            Token("sendgrid-key", "SG.", Alnum, 22, ".", Alnum, 43),
            Token("mailgun-key", "key-", Hex, 32),
            Token("brevo-key", "xkeysib-", Hex, 64, "-", Alnum, 16),
            Token("digitalocean-token", "dop_v1_", Hex, 64),
            Token("heroku-key", "HRKU-AA", Alnum, 58),
            Token("databricks-token", "dapi", Hex, 32),
            Token("shopify-token", "shpat_", Hex, 32),
            Token("square-token", "sq0csp-", Alnum, 43),
            Token("facebook-token", "EAA", Alnum, 120),
            Token("linear-key", "lin_api_", Alnum, 40),
            Token("notion-token", "ntn_", Alnum, 46),
            Token("figma-token", "figd_", Alnum, 40),
            Token("postman-key", "PMAK-", Hex, 24, "-", Hex, 34),
            Token("vault-token", "hvs.", Alnum, 90),
            Token("doppler-token", "dp.pt.", Alnum, 43),
            Token("grafana-token", "glsa_", Alnum, 32, "_", Hex, 8),
            Token("new-relic-key", "NRAK-", Upper + Digits, 27),
            Token("sentry-token", "sntryu_", Hex, 64),
            Token("atlassian-token", "ATATT3", Alnum, 180),
            Token("docker-token", "dckr_pat_", Alnum, 27),
            Token("rubygems-key", "rubygems_", Hex, 48),
            Token("replicate-token", "r8_", Alnum, 37),
            Token("groq-key", "gsk_", Alnum, 52),
            Token("xai-key", "xai-", Alnum, 80),
            Token("supabase-token", "sbp_", Hex, 40),
            Token("netlify-token", "nfp_", Alnum, 36),
            Token("planetscale-token", "pscale_tkn_", Alnum, 43),
            Token("pulumi-token", "pul-", Hex, 40),
            Token("contentful-token", "CFPAT-", Alnum, 43),
            Token("sonar-token", "squ_", Hex, 40),
            Token("dynatrace-token", "dt0c01.", Upper + Digits, 24, ".", Upper + Digits, 64),
            Token("age-secret-key", "AGE-SECRET-KEY-1", Upper + Digits, 58),
            Token("twilio-sid", "SK", Hex, 32),
            Token("twilio-sid", "AC", Hex, 32),
            Token("jwt", "eyJ", Alnum, 33, ".eyJ", Alnum, 80),
            Token("telegram-token", Draw("123456789", 9) + ":AA", Alnum, 33),
            Token("discord-token", "MTE", Alnum, 23, "." + Draw(Alnum, 6) + ".", Alnum, 38),
            Token("terraform-token", Draw(Alnum, 14) + ".atlasv1.", Alnum, 67),
            Token("azure-client-secret", "a1B8Q~", Alnum, 34),
            Token("azure-devops-token", Draw(Alnum, 76) + "AZDO", Alnum, 4),
            Token("mailchimp-key", "", Hex, 32, "-us", Digits, 2),
            new("slack-webhook", "https://hooks.slack.com/", $"services/T{Draw(Upper + Digits, 8)}/B{Draw(Upper + Digits, 8)}/{Draw(Alnum, 24)}", "\""),
            new("discord-webhook", "https://discord.com/api/webhooks/", $"{Draw("123456789", 18)}/{Draw(Alnum, 68)}", "\n"),
            new("aws-secret-key", "aws_secret_access_key = ", Draw(Alnum + "/+", 40), "\n"),
            new("aws-secret-key", "\"SecretAccessKey\": \"", Draw(Alnum, 40), "\","),
            new("session-token", "AWS_SESSION_TOKEN=", Draw(Alnum, 300), "\n"),
            new("azure-storage-key", "AccountName=shop;AccountKey=", Draw(Alnum, 86) + "==", ";EndpointSuffix=core.windows.net"),
            new("azure-shared-access-key", "SharedAccessKeyName=root;SharedAccessKey=", Draw(Alnum, 43) + "=", "\n"),
            new("azure-sas-signature", "https://shop.blob.core.windows.net/c?sv=2022&sig=", Draw(Alnum, 43) + "%3D", "&se=1"),
            new("heroku-key", "HEROKU_API_KEY=", $"{Draw(Hex, 8)}-{Draw(Hex, 4)}-{Draw(Hex, 4)}-{Draw(Hex, 4)}-{Draw(Hex, 12)}", "\n"),
            new("cloudflare-token", "CLOUDFLARE_API_TOKEN: ", Draw(Alnum, 40), "\n"),
            new("twilio-auth-token", "TWILIO_AUTH_TOKEN='", Draw(Hex, 32), "'"),
            new("datadog-key", "DD_API_KEY=", Draw(Hex, 32), " ./run"),
            new("oauth-client-secret", "\"client_secret\":\"", Draw(Alnum, 32), "\""),
            new("private-key", "key:\n", $"-----BEGIN RSA PRIVATE KEY-----\n{pem}\n-----END RSA PRIVATE KEY-----", "\nthe end"),
            new("private-key", "k = \"", $"-----BEGIN PRIVATE KEY-----\\n{pem.Replace("\n", "\\n", StringComparison.Ordinal)}\\n-----END PRIVATE KEY-----", "\\n\""),
            new("google-service-account", "\"private_key\": \"", $"-----BEGIN PRIVATE KEY-----\\n{pem.Replace("\n", "\\n", StringComparison.Ordinal)}\\n-----END PRIVATE KEY-----", "\\n\","),
            new("ssh-private-key", "", $"-----BEGIN OPENSSH PRIVATE KEY-----\n{pem}\n-----END OPENSSH PRIVATE KEY-----", "\n"),
            new("pgp-private-key", "", $"-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n{pem}\n=aBcD\n-----END PGP PRIVATE KEY BLOCK-----", "\n"),
            new("putty-private-key", "Private-Lines: 14\n", pem + "\nPrivate-MAC: 0", "\""),
            new("url-password", "postgres://shop:", Draw(Alnum, 16), "@db.internal:5432/shop"),
            new("bearer-token", "Authorization: Bearer ", Draw(Alnum, 40), "\n"),
            new("basic-auth", "Authorization: Basic ", Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"ann:{Draw(Alnum, 17)}")), "\n"),
            new("basic-auth", "{\"auths\":{\"ghcr.io\":{\"auth\": \"", Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"ann:{Draw(Alnum, 20)}")), "\"}}}"),
            new("npm-auth-token", "//registry.example.org/:_authToken=", Draw(Alnum, 32), "\n"),
            new("netrc-password", "machine git.internal login ann password ", Draw(Alnum, 14), "\n"),
            new("password", "\"password\": \"", "k9" + Draw(Alnum, 10) + "!", "\""),
            new("token", "--token ", Draw(Alnum, 32), " --verbose"),
            new("api-key", "api_key = \"", Draw(Alnum, 32), "\""),
            new("secret", "SIGNING_SECRET=", Draw(Hex, 40), "\n"),
            new("api-key", "export SHOP_API_KEY=\\\"", Draw(Alnum, 32), "\\\""),
            new("github-token", "\u001b[32m", "ghp_" + Draw(Alnum, 36), "\u001b[0m"),
            new("github-token", "https://x-access-token:", "ghp_" + Draw(Alnum, 36), "@github.com/ann/shop.git"),
        ];
    }

    public string Draw(string alphabet, int length) => string.Create(length, (alphabet, _random), static (into, from) =>
    {
        for (var i = 0; i < into.Length; i++)
        {
            into[i] = from.alphabet[from._random.Next(from.alphabet.Length)];
        }
    });

    private Seed Token(string kind, string prefix, string alphabet, int length) => new(kind, "it says ", prefix + Draw(alphabet, length), ", so");

    private Seed Token(string kind, string prefix, string first, int firstLength, string mark, string second, int secondLength)
    {
        var tail = kind == "jwt" ? "." + Draw(Alnum, 43) : "";
        return new(kind, "it says ", prefix + Draw(first, firstLength) + mark + Draw(second, secondLength) + tail, ", so");
    }
}
