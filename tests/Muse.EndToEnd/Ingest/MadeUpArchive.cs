using System.Text;

namespace Muse.EndToEnd.Ingest;

/// <summary>Transcripts that grow round by round.</summary>
internal static class MadeUpArchive
{
    /// <summary>Three new sessions and some lines more in those of the round before.</summary>
    public static void Write(string user, int round)
    {
        var folder = Path.Combine(user, ".claude", "projects", "-home-dev-app");
        Directory.CreateDirectory(folder);
        for (var i = 0; i < 3; i++)
        {
            Append(Path.Combine(folder, $"{round:d8}-0000-4000-8000-{i:d12}.jsonl"), round, 2000);
            if (round > 0)
            {
                Append(Path.Combine(folder, $"{round - 1:d8}-0000-4000-8000-{i:d12}.jsonl"), round, 200);
            }
        }
    }

    private static void Append(string path, int round, int turns)
    {
        var text = new StringBuilder();
        var name = Path.GetFileNameWithoutExtension(path);
        for (var i = 0; i < turns; i++)
        {
            var id = $"{name}-{round}-{i}";
            var at = $"2026-11-{1 + (round % 20):d2}T10:{i / 60 % 60:d2}:{i % 60:d2}.000Z";
            text.Append($$"""{"type":"user","uuid":"u-{{id}}","timestamp":"{{at}}","cwd":"/home/dev/app","version":"2.1.330","message":{"role":"user","content":"do {{i}}"} }""").Append('\n');
            text.Append($$$"""{"type":"assistant","uuid":"a-{{{id}}}","timestamp":"{{{at}}}","message":{"id":"msg_{{{id}}}","model":"claude-opus-5","role":"assistant","content":[{"type":"tool_use","id":"toolu_{{{id}}}","name":"Edit","input":{"file_path":"/home/dev/app/f{{{i}}}.cs"} }],"usage":{"input_tokens":3,"cache_read_input_tokens":{{{i}}},"output_tokens":{{{i + 1}}} } } }""").Append('\n');
            text.Append($$$"""{"type":"user","uuid":"r-{{{id}}}","timestamp":"{{{at}}}","message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_{{{id}}}","content":"ok {{{new string('x', 400)}}}"}]},"toolUseResult":{"filePath":"/home/dev/app/f{{{i}}}.cs","structuredPatch":[{"oldStart":1,"oldLines":1,"newStart":1,"newLines":2,"lines":["-a","+b","+c"]}] } }""").Append('\n');
        }

        File.AppendAllText(path, text.ToString());
    }

    public static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
