namespace Muse.Sessions.Tests.Reading;

/// <summary>Every era of every agent reads as verified, whatever the pieces in which it is read.</summary>
public sealed class GoldenTests
{
    public static TheoryData<string> All => [.. Golden.All];

    [Theory]
    [MemberData(nameof(All))]
    public void Reads_as_verified(string name) => new Golden(name).Verify();

    [Theory]
    [MemberData(nameof(All))]
    public void Reads_the_same_line_by_line(string name)
    {
        var golden = new Golden(name);
        var whole = golden.Read();

        var pieces = golden.Read(Enumerable.Range(0, golden.Bytes.Length));

        Assert.Equal(whole.ToString(), pieces.ToString());
        Assert.Equal(whole.State, pieces.State);
    }

    [Fact]
    public void Every_verified_file_has_its_input() => Assert.Equal(Golden.All.Select(name => new Golden(name).Verified).Order(StringComparer.Ordinal), Golden.AllVerified);
}
