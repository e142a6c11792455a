using System.Buffers;

namespace Muse.BuildingBlocks.Secrets;

/// <summary>Secrets that say themselves what they are, by what they begin with.</summary>
internal static class TokenKinds
{
    /// <param name="Least">Characters behind the prefix.</param>
    /// <param name="Mark">A separator that stands at a place behind the prefix.</param>
    private sealed record Shape(string Kind, SearchValues<char> Alphabet, int Least, int Most, string Prefixes, (int At, char Is)? Mark = null);

    // From what the makers document of their keys. Checksums, where a kind has one, are not asked for: a key with a letter
    // changed is still most of a key, and newer forms of the same kind have none.
    private static readonly Shape[] Shapes =
    [
        new("aws-access-key-id", Alphabets.Base32, 16, 16, "AKIA ASIA ABIA ACCA"),
        new("aws-bedrock-key", Alphabets.Base64, 90, 300, "ABSK"),
        new("github-token", Alphabets.Alnum, 36, 255, "ghp_ gho_ ghu_ ghr_"),
        new("github-token", Alphabets.Dotted, 36, 800, "ghs_"),
        new("github-token", Alphabets.Word, 50, 255, "github_pat_"),
        new("gitlab-token", Alphabets.Dotted, 20, 300, "glpat- gldt- glrt- glcbt- glptt- glft- glsoat- glagent- glimt- gloas-"),
        new("slack-token", Alphabets.Percent, 20, 400, "xoxb- xoxp- xoxa- xoxr- xoxs- xoxc- xoxd- xoxe- xoxe. xapp-"),
        new("stripe-key", Alphabets.Alnum, 16, 255, "sk_live_ rk_live_ sk_test_ rk_test_"),
        new("webhook-secret", Alphabets.Base64, 24, 100, "whsec_"),
        new("anthropic-key", Alphabets.Dash, 24, 255, "sk-ant-"),
        new("openrouter-key", Alphabets.Hex, 48, 80, "sk-or-v1-"),
        new("langfuse-key", Alphabets.Dash, 32, 40, "sk-lf-"),
        new("openai-key", Alphabets.Dash, 32, 255, "sk-proj- sk-svcacct- sk-admin-"),
        new("openai-key", Alphabets.Alnum, 32, 80, "sk-"),
        new("google-api-key", Alphabets.Dash, 35, 35, "AIza"),
        new("google-oauth-token", Alphabets.Dotted, 24, 1000, "ya29."),
        new("google-oauth-secret", Alphabets.Dash, 24, 40, "GOCSPX-"),
        new("google-refresh-token", Alphabets.Dash, 30, 150, "1//0"),
        new("npm-token", Alphabets.Alnum, 36, 36, "npm_"),
        new("pypi-token", Alphabets.Dash, 40, 1000, "pypi-AgE"),
        new("hugging-face-token", Alphabets.Alnum, 30, 40, "hf_ api_org_"),
        new("sendgrid-key", Alphabets.Dotted, 66, 66, "SG.", (22, '.')),
        new("mailgun-key", Alphabets.Hex, 32, 32, "key-"),
        new("brevo-key", Alphabets.Dash, 64, 100, "xkeysib-"),
        new("digitalocean-token", Alphabets.Hex, 64, 64, "dop_v1_ doo_v1_ dor_v1_"),
        new("heroku-key", Alphabets.Dash, 36, 80, "HRKU-"),
        new("databricks-token", Alphabets.Hex, 32, 32, "dapi"),
        new("shopify-token", Alphabets.Hex, 32, 32, "shpat_ shpca_ shppa_ shpss_"),
        new("square-token", Alphabets.Dash, 22, 22, "sq0atp-"),
        new("square-token", Alphabets.Dash, 43, 43, "sq0csp-"),
        new("square-token", Alphabets.Dash, 60, 60, "EAAA"),
        new("facebook-token", Alphabets.Alnum, 80, 400, "EAA"),
        new("linear-key", Alphabets.Alnum, 32, 80, "lin_api_ lin_oauth_"),
        new("notion-token", Alphabets.Alnum, 40, 60, "ntn_"),
        new("notion-token", Alphabets.Alnum, 43, 43, "secret_"),
        new("figma-token", Alphabets.Dash, 36, 60, "figd_"),
        new("postman-key", Alphabets.Dash, 59, 59, "PMAK-", (24, '-')),
        new("vault-token", Alphabets.Dash, 24, 300, "hvs. hvb. hvr."),
        new("doppler-token", Alphabets.Dotted, 40, 80, "dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit."),
        new("grafana-token", Alphabets.Word, 41, 41, "glsa_", (32, '_')),
        new("grafana-token", Alphabets.Base64, 32, 400, "glc_"),
        new("new-relic-key", Alphabets.Capitals, 27, 27, "NRAK-"),
        new("new-relic-key", Alphabets.Dash, 19, 40, "NRJS- NRII- NRIQ-"),
        new("sentry-token", Alphabets.Base64, 40, 500, "sntrys_ sntryu_"),
        new("atlassian-token", Alphabets.Base64, 60, 400, "ATATT3 ATCTT3"),
        new("bitbucket-password", Alphabets.Alnum, 32, 32, "ATBB"),
        new("docker-token", Alphabets.Dash, 27, 40, "dckr_pat_ dckr_oat_"),
        new("rubygems-key", Alphabets.Hex, 48, 48, "rubygems_"),
        new("crates-token", Alphabets.Alnum, 32, 32, "cio"),
        new("clojars-token", Alphabets.Hex, 60, 60, "CLOJARS_"),
        new("replicate-token", Alphabets.Alnum, 37, 37, "r8_"),
        new("groq-key", Alphabets.Alnum, 48, 56, "gsk_"),
        new("xai-key", Alphabets.Alnum, 60, 100, "xai-"),
        new("perplexity-key", Alphabets.Alnum, 40, 60, "pplx-"),
        new("supabase-token", Alphabets.Hex, 40, 40, "sbp_"),
        new("supabase-token", Alphabets.Dash, 24, 60, "sb_secret_"),
        new("netlify-token", Alphabets.Alnum, 36, 40, "nfp_"),
        new("planetscale-token", Alphabets.Dotted, 32, 64, "pscale_tkn_ pscale_pw_ pscale_oauth_"),
        new("pulumi-token", Alphabets.Hex, 40, 40, "pul-"),
        new("prefect-key", Alphabets.Alnum, 36, 36, "pnu_"),
        new("contentful-token", Alphabets.Dash, 43, 43, "CFPAT-"),
        new("sonar-token", Alphabets.Hex, 40, 40, "squ_ sqp_ sqa_"),
        new("buildkite-token", Alphabets.Hex, 40, 40, "bkua_"),
        new("circleci-token", Alphabets.Dash, 40, 120, "CCIPAT_"),
        new("dynatrace-token", Alphabets.Dotted, 89, 89, "dt0c01.", (24, '.')),
        new("easypost-key", Alphabets.Alnum, 54, 54, "EZAK EZTK"),
        new("age-secret-key", Alphabets.Capitals, 58, 58, "AGE-SECRET-KEY-1"),
        new("alibaba-key-id", Alphabets.Alnum, 16, 24, "LTAI"),
        new("onepassword-token", Alphabets.Base64, 200, 2000, "ops_eyJ"),
        new("openshift-token", Alphabets.Dash, 43, 43, "sha256~"),
        new("adafruit-key", Alphabets.Alnum, 28, 28, "aio_"),
        new("cloudflare-origin-key", Alphabets.Dash, 171, 171, "v1.0-", (24, '-')),
        new("langsmith-key", Alphabets.Word, 40, 60, "lsv2_pt_ lsv2_sk_"),
        new("pinecone-key", Alphabets.Word, 50, 90, "pcsk_"),
        new("tavily-key", Alphabets.Dash, 24, 60, "tvly-"),
        new("fly-token", Alphabets.Base64, 64, 2000, "fm2_"),
        new("fly-token", Alphabets.Dash, 43, 43, "fo1_"),
        new("twilio-sid", Alphabets.Hex, 32, 32, "SK AC"),
    ];

    public static readonly SecretRule[] Rules =
    [
        .. Shapes.SelectMany(shape => shape.Prefixes.Split(' ').Select(prefix =>
            new SecretRule(prefix, StringComparison.Ordinal, IsToken: true, (text, at) => Find(text, at, prefix.Length, shape)))),
    ];

    private static SecretMatch? Find(SecretText text, int at, int prefix, Shape shape)
    {
        if (!text.IsWordStart(at))
        {
            return null;
        }

        var start = at + prefix;
        var end = text.RunEnd(start, shape.Most + 1, shape.Alphabet);
        while (end > start && text[end - 1] == '.')
        {
            end--;
        }

        var length = end - start;
        if (length > shape.Most)
        {
            return null;
        }

        if (text.IsCutAt(end) && length >= 4)
        {
            return new SecretMatch(at, end, shape.Kind);
        }

        return length >= shape.Least && (shape.Mark is not { } mark || text[start + mark.At] == mark.Is)
            && !char.IsAsciiLetterOrDigit(text[end]) && Randomness.IsBody(text.Look(start, end))
            ? new SecretMatch(at, end, shape.Kind)
            : null;
    }
}
