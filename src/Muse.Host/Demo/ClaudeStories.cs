namespace Muse.Host.Demo;

/// <summary>What Claude Code is said to have done in the demo.</summary>
internal static class ClaudeStories
{
    private const string Lighthouse = "/home/ada/lighthouse";
    private const string Tidepool = "/home/ada/tidepool";

    /// <summary>A small square, so that the demo has an image to show.</summary>
    private const string Png =
        "iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAJUlEQVR4nGP49eEZHJ3Q0IAjXOIMg1ADMYqQxQejhkEYrCMxHgAp8vQQGaBkDgAAAABJRU5ErkJggg==";

    public static IEnumerable<ClaudeStory> All(DateTimeOffset now) =>
    [
        new(FixBeam(now.AddHours(-3)), Lighthouse),
        Survey(now.AddHours(-26)),
        new(Compacted(now.AddDays(-2)), Tidepool),
        new(Picture(now.AddMinutes(-50)), Tidepool),
        new(Limited(now.AddHours(-7)), Lighthouse),
        new(LongMigration(now.AddDays(-4)), Tidepool),
    ];

    public static ClaudeTranscript Growing(DateTimeOffset now) => new ClaudeTranscript(9, Lighthouse, "watch-the-lamp", now.AddMinutes(-4))
        .Title("Watch the lamp test and report")
        .Prompt("Run the lamp test in a loop and tell me about every round.")
        .Say("I start the loop and report after each round.");

    private static ClaudeTranscript FixBeam(DateTimeOffset start) => new ClaudeTranscript(1, Lighthouse, "fix-beam-angle", start)
        .Title("Fix the beam angle after sunset")
        .Prompt("The beam turns 12 degrees too far after sunset. Find out why and fix it, with a test.")
        .Think("The angle depends on the time of day. I should look at how the offset is applied before I touch anything.")
        .Say("I'll look at the rotation code first.")
        .Bash("rg -n 'offset' src/beam", "src/beam/rotation.ts:18:  const offset = night ? 12 : 0;\nsrc/beam/rotation.ts:27:  return base + offset + trim;", "Find the offset")
        .Read("src/beam/rotation.ts", "export function angle(base: number, night: boolean, trim = 0) {\n  const offset = night ? 12 : 0;\n  return base + offset + trim;\n}")
        .Edit("src/beam/rotation.ts", 17, " export function angle(base: number, night: boolean, trim = 0) {", "-  const offset = night ? 12 : 0;", "+  const offset = night ? NIGHT_TRIM : 0;", "+  if (offset && trim) return base + trim;", "   return base + offset + trim;")
        .Bash(
            "npm test -- beam",
            "Exit code 1\n\u001b[1m\u001b[31m✗\u001b[39m\u001b[22m beam › keeps its angle after sunset\n  \u001b[32m- expected 84\u001b[39m\n  \u001b[31m+ received 96\u001b[39m\n\n\u001b[31m1 failed\u001b[39m, \u001b[32m11 passed\u001b[39m",
            "Run the beam tests",
            failed: true,
            seconds: 9)
        .Say("The trim is applied twice at dusk: once here and once in the schedule. I take it out of the schedule.")
        .Edit("src/schedule/dusk.ts", 41, "   const next = plan.at(dusk);", "-  next.angle += NIGHT_TRIM;", "   return next;")
        .Bash("npm test -- beam", "\u001b[32m✓\u001b[39m beam (12 tests) \u001b[2m312 ms\u001b[22m\n\n\u001b[32m12 passed\u001b[39m", "Run the beam tests again", seconds: 8)
        .Bash("git commit -am 'Apply the night trim once'", "[fix-beam-angle 7d3c1e9] Apply the night trim once\n 2 files changed, 2 insertions(+), 2 deletions(-)", "Commit")
        .Say("Fixed: the night trim was applied twice at dusk. It is now applied in `rotation.ts` only, and **12 tests** pass. Committed as `7d3c1e9`.")
        .EndTurn(74_000)
        .Prompt("Thanks. Is there anything else that adds the trim?")
        .Say("No. `NIGHT_TRIM` has one use left:\n\n| file | line |\n| --- | --- |\n| `src/beam/rotation.ts` | 18 |")
        .EndTurn(6_000);

    private static ClaudeStory Survey(DateTimeOffset start)
    {
        const string first = "a1f00d5eed0000001";
        const string second = "a1f00d5eed0000002";
        var main = new ClaudeTranscript(2, Lighthouse, "main", start)
            .Title("Survey of the alarm code")
            .Prompt("Let two agents look at the alarm code: one at the sensors, one at the siren. Then sum up.");
        var one = Launch(main, first, "Look at the sensors", "Read everything under src/sensors and list the sensors without a timeout.");
        var two = Launch(main, second, "Look at the siren", "Read src/siren and say when it can stay silent.");
        main.Say("Both have answered. Two sensors have no timeout (`fog`, `tide`), and the siren stays silent if its queue is full.").EndTurn(95_000);
        return new ClaudeStory(main, Lighthouse)
        {
            Agents =
            [
                new DemoAgent(first, "Explore", "Look at the sensors", one, new ClaudeTranscript(2, Lighthouse, "main", start.AddSeconds(8), first)
                    .Prompt("Read everything under src/sensors and list the sensors without a timeout.")
                    .Bash("ls src/sensors", "fog.ts\nlight.ts\ntide.ts\nwind.ts", "List the sensors")
                    .Bash("rg -L timeout src/sensors", "src/sensors/fog.ts\nsrc/sensors/tide.ts", "Those without a timeout")
                    .Say("`fog` and `tide` have no timeout.")),
                new DemoAgent(second, "general-purpose", "Look at the siren", two, new ClaudeTranscript(2, Lighthouse, "main", start.AddSeconds(12), second)
                    .Prompt("Read src/siren and say when it can stay silent.")
                    .Read("src/siren/queue.ts", "export const queue = bounded(4, 'drop-newest');")
                    .Say("When the queue of four is full, the newest alarm is dropped without a word.")),
            ],
        };
    }

    private static string Launch(ClaudeTranscript main, string agentId, string description, string prompt)
    {
        var before = main.Lines.Count;
        main.Tool(
            "Agent",
            new { description, prompt, subagent_type = "general-purpose", run_in_background = false },
            new[] { new { type = "text", text = "The agent has finished." } },
            new { status = "completed", agentId, description, prompt, totalDurationMs = 31_000, totalTokens = 18_400, totalToolUseCount = 2 },
            seconds: 31);
        // The call's id stands in the record just written.
        using var call = System.Text.Json.JsonDocument.Parse(main.Lines[before]);
        return call.RootElement.GetProperty("message").GetProperty("content")[0].GetProperty("id").GetString()!;
    }

    private static ClaudeTranscript Compacted(DateTimeOffset start)
    {
        var transcript = new ClaudeTranscript(3, Tidepool, "importer", start)
            .Title("Write the importer for tide tables")
            .Prompt("Write an importer for the harbour's tide tables. They come as fixed-width text.");
        for (var table = 1; table <= 12; table++)
        {
            transcript
                .Read($"data/harbour-{table:00}.txt", $"HARBOUR {table:00}  2026\n0312 4.1  0921 0.7  1538 4.3  2144 0.6")
                .Edit("src/import.py", 10 + table, " FORMATS = {", $"+    {table}: '4d 3.1f',", " }");
        }

        return transcript
            .Say("Twelve formats are in. Next come the leap days.")
            .EndTurn(310_000)
            .Compact("1. The importer reads twelve fixed-width formats (src/import.py).\n2. Leap days are still open.\n3. The user wants no new dependency.")
            .Prompt("Go on with the leap days.")
            .Bash("pytest -q", "..............\n14 passed in 0.42s", "Run the tests")
            .Say("Leap days work; 14 tests pass.")
            .EndTurn(41_000);
    }

    private static ClaudeTranscript Picture(DateTimeOffset start) => new ClaudeTranscript(4, Tidepool, "main", start)
        .Prompt("This is how the chart looks on my screen. Why is it a plain square?", Png)
        .Think("The canvas was drawn before its data arrived.")
        .Say("The chart is drawn before its data arrives, so only the background shows. I make it wait.")
        .Edit("web/chart.js", 30, " function draw() {", "+  if (!tides.length) return;", "   paint(tides);", " }")
        .Say("Done: the chart is drawn once the tides are there.")
        .EndTurn(22_000);

    private static ClaudeTranscript Limited(DateTimeOffset start) => new ClaudeTranscript(5, Lighthouse, "docs", start)
        .Title("Describe the lamp protocol")
        .Prompt("Describe the lamp protocol in docs/protocol.md.")
        .Bash("cat src/lamp/protocol.ts", "cat: src/lamp/protocol.ts: No such file or directory", "Read the protocol", failed: true)
        .Bash("fd protocol", "src/lamp/wire/protocol.ts", "Find the protocol")
        .ApiError("You've hit your 5-hour limit · resets 11pm (UTC)", 429);

    /// <summary>Some thousand items: what a long night of work looks like.</summary>
    private static ClaudeTranscript LongMigration(DateTimeOffset start)
    {
        var transcript = new ClaudeTranscript(6, Tidepool, "typed-tables", start)
            .Title("Move 400 tables to the typed schema")
            .Prompt("Move every table to the typed schema, one at a time, tests after each.");
        for (var table = 1; table <= 400; table++)
        {
            transcript
                .Say($"Table {table} of 400: `station_{table:000}`.")
                .Edit($"schema/station_{table:000}.py", 3, " class Station:", "-    height = Column()", "+    height = Column(Metres)", "     time = Column(Utc)")
                .Bash($"pytest -q -k station_{table:000}", table % 57 == 0 ? "Exit code 1\n1 failed in 0.31s" : "2 passed in 0.29s", "Run its tests", failed: table % 57 == 0);
            if (table % 50 == 0)
            {
                transcript.EndTurn(600_000).Wait(900).Prompt($"Looks good. Go on after station {table}.");
            }
        }

        return transcript.Say("All 400 tables are on the typed schema.").EndTurn(600_000);
    }
}
