using System.Net;
using Muse.Sessions.Tests.Features.GetOutline;
using Muse.Testing;
using Slice = Muse.Sessions.Features.FindInSession.FindInSession;

namespace Muse.Sessions.Tests.Features.FindInSession;

public sealed class FindInSessionTests(SmallArchive muse) : IClassFixture<SmallArchive>
{
    [Fact]
    public async Task Tool_output_is_found_whatever_the_case()
    {
        var found = await FindAsync("needleINTHEoutput");

        Assert.Equal([("1", "tool"), ("2", "reply")], found.Matches.Select(m => (m.Id, m.Kind)));
        Assert.Equal((2, false), (found.Total, found.Truncated));
        var match = found.Matches[0];
        Assert.Equal("NeedleInTheOutput", match.Snippet.Substring(match.Start, match.Length));
        Assert.Equal("first line NeedleInTheOutput here last line", match.Snippet);
    }

    [Theory]
    [InlineData("\"h%C3%A9llo\"")]
    [InlineData("H%C3%89LLO")]
    [InlineData("c:\\TEMP")]
    public async Task Quotes_backslashes_and_accents_are_found_as_they_are_read(string q) => Assert.Equal("0", Assert.Single((await FindAsync(q)).Matches).Id);

    [Fact]
    public async Task An_accent_written_as_an_escape_is_found() => Assert.Single((await FindAsync("CAF%C3%89")).Matches);

    [Fact]
    public async Task Names_of_fields_are_no_matches() => Assert.Empty((await FindAsync("parentUuid")).Matches);

    [Theory]
    [InlineData("&after=1", "2")]
    [InlineData("&before=2", "1")]
    [InlineData("&limit=1", "1")]
    [InlineData("&limit=1&before=99", "2")]
    public async Task Matches_can_be_stepped_through(string where, string expected)
    {
        var found = await FindAsync($"needleintheoutput{where}");

        Assert.Equal(expected, Assert.Single(found.Matches).Id);
        Assert.Equal(2, found.Total);
    }

    [Theory]
    [InlineData("", "q")]
    [InlineData("?q=x&limit=0", "limit")]
    [InlineData("?q=x&before=one", "before")]
    [InlineData("?q=x&after=t5.0", "after")]
    public async Task A_parameter_that_makes_no_sense_is_named(string query, string parameter)
    {
        var (status, problem) = await muse.Host.GetProblemAsync($"/api/sessions/{A.SessionId("find")}/find{query}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(problem.GetProperty("errors").TryGetProperty(parameter, out _));
    }

    private Task<Slice.Response> FindAsync(string q) => muse.Host.GetAsync<Slice.Response>($"/api/sessions/{A.SessionId("find")}/find?q={q}");
}
