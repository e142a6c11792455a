namespace Muse.Host.Demo;

/// <summary>What Codex is said to have done in the demo.</summary>
internal static class CodexStories
{
    private const string Tidepool = "/home/ada/tidepool";
    private const string Notes = "/home/ada/notes-api";

    public static IEnumerable<CodexTranscript> All(DateTimeOffset now) =>
    [
        new CodexTranscript(0x21, Notes, "pagination", "gpt-6-sol", now.AddHours(-5))
            .Prompt("Page the list of notes by key instead of by offset.")
            .Think("The list is ordered by change time, so the key has to hold the time and the id.")
            .Run("rg -n OFFSET", "db/notes.sql:12:LIMIT ? OFFSET ?")
            .Patch("db/notes.sql", "@@ -10,3 +10,3 @@\n SELECT * FROM notes\n-LIMIT ? OFFSET ?\n+WHERE (changed, id) < (?, ?) LIMIT ?\n ORDER BY changed DESC")
            .Run("cargo test notes", "running 8 tests\n........\ntest result: \u001b[32mok\u001b[0m. 8 passed; 0 failed", milliseconds: 6_400)
            .Say("The list is paged by `(changed, id)` now; 8 tests pass.")
            .EndTurn("The list is paged by `(changed, id)` now; 8 tests pass."),
        new CodexTranscript(0x22, Notes, "main", "gpt-6-sol", now.AddDays(-1).AddHours(-2))
            .Prompt("Why does the build fail on the release branch?")
            .Run("cargo build --release", "error[E0433]: failed to resolve: use of undeclared crate `tokio_util`\n --> src/stream.rs:3:5", exitCode: 101, milliseconds: 12_000)
            .Say("`tokio_util` is used but not declared. Shall I add it?")
            .EndTurn("`tokio_util` is used but not declared. Shall I add it?")
            .Prompt("No, take it out instead.")
            .Patch("src/stream.rs", "@@ -1,4 +1,3 @@\n use std::io;\n-use tokio_util::io::ReaderStream;\n use crate::note::Note;\n ")
            .Run("cargo build --release", "   Compiling notes-api v0.4.0\n    Finished release in 41.2s", milliseconds: 41_200)
            .Say("It builds again, without `tokio_util`.")
            .EndTurn("It builds again, without `tokio_util`."),
        new CodexTranscript(0x23, Tidepool, "main", "gpt-5.2-codex", now.AddDays(-3))
            .Prompt("Explain how the tide cache is cleared.")
            .Run("rg -n clear_cache", "src/cache.py:88:def clear_cache(station):")
            .Compact("The user asked how the tide cache is cleared; the function is clear_cache in src/cache.py.")
            .Say("`clear_cache` drops one station's rows whenever a new table is imported.")
            .EndTurn("`clear_cache` drops one station's rows whenever a new table is imported.")
            .Prompt("And what if the import fails half-way?")
            .Interrupt(),
    ];
}

/// <summary>What Gemini is said to have done in the demo.</summary>
internal static class GeminiStories
{
    private const string Notes = "/home/ada/notes-api";

    public static IEnumerable<GeminiTranscript> All(DateTimeOffset now) =>
    [
        new GeminiTranscript(0x31, Notes, now.AddHours(-9))
            .Prompt("Add a health endpoint to the notes API.")
            .Tool("I'll look at the router.", "run_shell_command", new { command = "cat src/router.rs" }, "pub fn routes() -> Router {\n    Router::new().route(\"/notes\", get(list))\n}", "pub fn routes() -> Router { … }")
            .Tool(
                "I add the route.",
                "replace",
                new { file_path = $"{Notes}/src/router.rs", old_string = "get(list))", new_string = "get(list)).route(\"/health\", get(health))" },
                $"Successfully modified file: {Notes}/src/router.rs (1 replacements).",
                new
                {
                    fileName = "router.rs", filePath = $"{Notes}/src/router.rs",
                    fileDiff = "Index: router.rs\n===================================================================\n--- router.rs\tCurrent\n+++ router.rs\tProposed\n@@ -2,1 +2,1 @@\n-    Router::new().route(\"/notes\", get(list))\n+    Router::new().route(\"/notes\", get(list)).route(\"/health\", get(health))\n",
                    diffStat = new { model_added_lines = 1, model_removed_lines = 1, user_added_lines = 0, user_removed_lines = 0 },
                })
            .Say("`/health` answers 200 now.", "The endpoint should not touch the database.")
            .Summary("Add a health endpoint"),
        new GeminiTranscript(0x32, Notes, now.AddDays(-5))
            .Prompt("What does the retention job delete?")
            .Tool("Let me look for it.", "run_shell_command", new { command = "cat jobs/retention.rs" }, "cat: jobs/retention.rs: No such file or directory", "No such file", failed: true)
            .Say("There is no retention job in this repository yet.")
            .Summary("Look for the retention job"),
    ];
}
