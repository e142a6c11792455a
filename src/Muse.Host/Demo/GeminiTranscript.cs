using System.Security.Cryptography;
using System.Text;

namespace Muse.Host.Demo;

/// <summary>Writes the records of one Gemini CLI chat: a message is written again, under its id, when its tools have ended.</summary>
internal sealed class GeminiTranscript
{
    private const string Model = "gemini-3.8-flash";
    private readonly List<string> _lines = [];
    private readonly int _story;
    private DateTimeOffset _now;
    private int _count;

    public GeminiTranscript(int story, string project, DateTimeOffset start)
    {
        (_story, _now, Start) = (story, start, start);
        SessionId = DemoLine.Id(story, 0);
        _lines.Add(DemoLine.Of(new
        {
            sessionId = SessionId, projectHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(project))),
            startTime = DemoLine.At(start), lastUpdated = DemoLine.At(start), kind = "main",
        }));
    }

    public string SessionId { get; }

    public DateTimeOffset Start { get; }

    public IReadOnlyList<string> Lines => _lines;

    public GeminiTranscript Prompt(string text) => Message(new { id = NextId(), timestamp = DemoLine.At(_now), type = "user", content = new[] { new { text } } });

    public GeminiTranscript Say(string text, string? thought = null) => Message(new
    {
        id = NextId(), timestamp = DemoLine.At(_now), type = "gemini", content = text, thoughts = Thoughts(thought), tokens = Tokens(), model = Model,
    });

    public GeminiTranscript Tool(string text, string name, object args, string output, object display, bool failed = false)
    {
        var id = NextId();
        var at = DemoLine.At(_now);
        Message(new { id, timestamp = at, type = "gemini", content = text, thoughts = Thoughts(null), tokens = Tokens(), model = Model });
        var call = $"{name}-{_story}-{_count}";
        var response = failed ? (object)new { error = output } : new { output };
        return Message(new
        {
            id, timestamp = at, type = "gemini", content = text, thoughts = Thoughts(null), tokens = Tokens(), model = Model,
            toolCalls = new[]
            {
                new
                {
                    id = call, name, args, result = new[] { new { functionResponse = new { id = call, name, response } } },
                    status = failed ? "error" : "success", timestamp = DemoLine.At(_now), displayName = name, description = name, resultDisplay = display,
                },
            },
        });
    }

    public GeminiTranscript Summary(string summary)
    {
        _lines.Add(DemoLine.Of(new Dictionary<string, object>(StringComparer.Ordinal) { ["$set"] = new { summary } }));
        return this;
    }

    private static object[] Thoughts(string? thought) => thought is null ? [] : [new { subject = "Plan", description = thought, timestamp = "" }];

    private static object Tokens() => new { input = 8_200, output = 140, cached = 6_000, thoughts = 60, tool = 0, total = 8_400 };

    private GeminiTranscript Message(object message)
    {
        _lines.Add(DemoLine.Of(message));
        _now = _now.AddSeconds(3);
        _lines.Add(DemoLine.Of(new Dictionary<string, object>(StringComparer.Ordinal) { ["$set"] = new { lastUpdated = DemoLine.At(_now) } }));
        return this;
    }

    private string NextId() => DemoLine.Id(_story, ++_count);
}
