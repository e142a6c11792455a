using System.Globalization;
using Muse.BuildingBlocks.Secrets;

namespace Muse.BuildingBlocks.Tests.Secrets;

public sealed class SecretMaskTests
{
    private const string Alnum = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    // Fails when a shape loses a character of its length.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_kind_is_found_and_nothing_of_it_is_left(int seed)
    {
        var missed = new MadeUpSecrets(seed).All().Select(made =>
        {
            var masked = new MaskedSecrets();
            return (made, Clean: new SecretMask(masked).Apply(made.Text), masked.All);
        }).Where(m => m.Clean != $"{m.made.Before}[masked 1: {m.made.Kind}]{m.made.After}").Select(m => $"{m.made.Kind}: {m.made.Text} -> {m.Clean}");

        Assert.Empty(missed);
    }

    [Fact]
    public void More_than_forty_kinds_are_known() =>
        Assert.True(new MadeUpSecrets(1).All().Select(s => s.Kind).Distinct(StringComparer.Ordinal).Count() >= 60);

    // Fails when the writer decides about an anchor before all of its secret is there.
    [Fact]
    public void A_secret_is_found_wherever_its_text_is_cut()
    {
        foreach (var made in new MadeUpSecrets(4).All())
        {
            // So that the cut falls where the writer must decide, and not only where it waits for more.
            var padding = new string(' ', (48 << 10) - (made.Text.Length / 2));
            var text = padding + made.Text + new string('.', 20 << 10);
            for (var cut = padding.Length; cut <= padding.Length + made.Text.Length; cut += made.Text.Length > 200 ? 37 : 1)
            {
                var written = Written(text[..cut], text[cut..]);

                Assert.Equal($"{padding}{made.Before}[masked 1: {made.Kind}]{made.After}{new string('.', 20 << 10)}", written);
            }
        }
    }

    [Fact]
    public void What_is_written_does_not_depend_on_the_parts()
    {
        var random = new Random(7);
        for (var round = 0; round < 60; round++)
        {
            var secrets = new MadeUpSecrets(round).All();
            var text = string.Concat(Enumerable.Range(0, 400).Select(_ => random.Next(3) switch
            {
                0 => secrets[random.Next(secrets.Count)].Text,
                1 => "password = token: Bearer -----BEGIN PRIVATE KEY-----\n eyJ sk- :// " + new string('a', random.Next(600)),
                _ => string.Concat(Enumerable.Repeat("some words and so on\n", random.Next(40))),
            }));
            var whole = new SecretMask(new MaskedSecrets()).Apply(text);
            var parts = new List<string>();
            for (var at = 0; at < text.Length;)
            {
                var length = Math.Min(text.Length - at, random.Next(4) == 0 ? random.Next(1, 90_000) : random.Next(1, 300));
                parts.Add(text.Substring(at, length));
                at += length;
            }

            Assert.Equal(whole, Written([.. parts]));
        }
    }

    [Fact]
    public void A_block_of_a_megabyte_is_masked_as_one()
    {
        var lines = string.Join('\n', Enumerable.Range(0, 16_000).Select(_ => new string('Q', 64)));
        var text = $"before\n-----BEGIN PRIVATE KEY-----\n{lines}\n-----END PRIVATE KEY-----\nbehind";

        Assert.Equal("before\n[masked 1: private-key]\nbehind", Written(text));
        Assert.Equal("before\n[masked 1: private-key]\nbehind", new SecretMask(new MaskedSecrets()).Apply(text));
    }

    [Theory]
    [InlineData("sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("OPENAI_API_KEY=sk-your-key-here-your-key-here-your-key")]
    [InlineData("aws_access_key_id = AKIAIOSFODNN7EXAMPLE")]
    [InlineData("api_key = \"YOUR_API_KEY_GOES_HERE_123\"")]
    [InlineData("token: ${GITHUB_TOKEN_FOR_CI_2024}")]
    [InlineData("token = process.env.GITHUB_TOKEN_2")]
    [InlineData("password: <your-password-1>")]
    [InlineData("password = getPassword1(user)")]
    [InlineData("password: string; token: string | null")]
    [InlineData("\"password_hash\": \"9f86d081884c7d659a2feaa0c55ad015\"")]
    [InlineData("max_tokens: 4096, total_tokens=123456789012345678")]
    [InlineData("postgres://postgres:postgres@localhost:5432/shop")]
    [InlineData("https://user:password@example.com/")]
    [InlineData("http://[::1]:8080/x and see https://example.org/a:b@c")]
    [InlineData("-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA\n-----END CERTIFICATE-----")]
    [InlineData("scikit: sk-learn-contrib-and-other-long-names-of-packages")]
    [InlineData("secret_name = \"shop-prod-secret-2024-01\"")]
    [InlineData("the token 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b is a hash")]
    [InlineData("Bearer <token>, Bearer ${TOKEN}, bearer authentication")]
    [InlineData("cancellationToken = cancellationTokenSource2.Token3")]
    [InlineData("secret: 'this is a sentence of 12 words'")]
    [InlineData("key-value pairs, task-1234, disk-9f86d081884c7d659a2feaa0c55ad015")]
    [InlineData("on the working folder (`pwd: osc7/osc51/osc99`)")]
    [InlineData("if (token == abc123def456ghi789jkl) {}")]
    public void What_only_looks_like_a_secret_stays(string text)
    {
        var masked = new MaskedSecrets();

        Assert.Same(text, new SecretMask(masked).Apply(text));
        Assert.Empty(masked.All);
    }

    [Fact]
    public void The_same_secret_has_the_same_number_and_its_places()
    {
        var made = new MadeUpSecrets(5);
        var (first, second) = ("ghp_" + made.Draw(Alnum, 36), "npm_" + made.Draw(Alnum, 36));
        var masked = new MaskedSecrets();
        var mask = new SecretMask(masked);

        Assert.Equal("a [masked 1: github-token] b [masked 2: npm-token]", mask.Apply($"a {first} b {second}", "0"));
        Assert.Equal("[masked 1: github-token]", mask.Apply(first, "4"));
        masked.Settle();
        Assert.Equal("[masked 2: npm-token]", mask.Apply(second, "9"));

        Assert.Equal(3, masked.Total);
        Assert.Collection(
            masked.All,
            one => Assert.Equal((1, "github-token", 2, "0 4"), (one.Number, one.Kind, one.Count, string.Join(' ', one.Places))),
            two => Assert.Equal((2, "npm-token", 1, "0"), (two.Number, two.Kind, two.Count, string.Join(' ', two.Places))));
    }

    // Fails when a preview that ends within a key shows its beginning.
    [Fact]
    public void The_beginning_of_a_secret_at_a_cut_is_masked()
    {
        var token = "ghp_" + new MadeUpSecrets(5).Draw(Alnum, 36);
        var mask = new SecretMask(new MaskedSecrets());

        Assert.Equal("export it: [masked 1: github-token]", mask.Apply($"export it: {token[..12]}", isCut: true));
        Assert.Equal($"export it: {token[..12]}", mask.Apply($"export it: {token[..12]}"));
    }

    [Theory]
    [InlineData("sk-")]
    [InlineData("sk-ant-")]
    [InlineData("password=")]
    [InlineData("\"password\": \"a1")]
    [InlineData("passwordtokensecret")]
    [InlineData("token: ")]
    [InlineData("://a:")]
    [InlineData("x://a:b")]
    [InlineData("eyJ")]
    [InlineData("eyJ.")]
    [InlineData("eyJaaaaaaaaaaaaaaaaaaaa.eyJ ")]
    [InlineData("-----BEGIN PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN ")]
    [InlineData("-----")]
    [InlineData("Private-Lines: 1\n")]
    [InlineData("12345678:AA")]
    [InlineData("bearer a1")]
    [InlineData("basic QUJD")]
    [InlineData("\"auth\":\"QUJD")]
    [InlineData("?sig=")]
    [InlineData("AZDO")]
    [InlineData("8Q~")]
    [InlineData(".atlasv1.")]
    [InlineData("abc-us1")]
    [InlineData("hooks.slack.com/a/")]
    [InlineData("MTE")]
    [InlineData("SKAC0")]
    public void Work_grows_with_the_text_only(string piece)
    {
        var once = Visited(piece, 100_000);
        var twice = Visited(piece, 200_000);

        Assert.True(once <= 100_000L * 80, $"{once} characters were looked at in 100,000");
        Assert.True(twice <= (once * 2.2) + 100_000, $"{once} became {twice}");
    }

    private static long Visited(string piece, int length)
    {
        var text = string.Concat(Enumerable.Repeat(piece, (length / piece.Length) + 1));
        var mask = new SecretMask(new MaskedSecrets());
        mask.Apply(text);
        return mask.Visited;
    }

    private static string Written(params string[] parts)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        var writer = new MaskingWriter(output, new MaskedSecrets());
        foreach (var part in parts)
        {
            writer.Write(part);
        }

        writer.Complete();
        return output.ToString();
    }
}
