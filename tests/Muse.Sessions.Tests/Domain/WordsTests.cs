using Microsoft.Extensions.DependencyInjection;
using Muse.Sessions.Domain;
using Muse.Sessions.Reading;
using Muse.Testing;

namespace Muse.Sessions.Tests.Domain;

public sealed class WordsTests(MuseHost muse) : IClassFixture<MuseHost>
{
    [Fact]
    public void The_agents_that_the_API_names_are_those_whose_transcripts_are_read() =>
        Assert.Equal(muse.Services.GetServices<ITranscriptFormat>().Select(f => f.Agent).Order(StringComparer.Ordinal), AgentWordAttribute.All);
}
