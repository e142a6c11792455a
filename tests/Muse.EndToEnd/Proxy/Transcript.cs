using System.Text;

namespace Muse.EndToEnd.Proxy;

/// <summary>A made-up session that grows line by line.</summary>
internal sealed class Transcript
{
    private readonly string _path;
    private int _lines;

    public Transcript(string home)
    {
        var folder = Path.Combine(home, ".claude", "projects", "-home-dev-app");
        Directory.CreateDirectory(folder);
        _path = Path.Combine(folder, "00000000-0000-4000-8000-000000000001.jsonl");
        Append("the first line");
    }

    /// <summary>Writes one line, in one write.</summary>
    public void Append(string text)
    {
        var n = _lines++;
        var line = $$$"""{"type":"user","uuid":"u-{{{n}}}","timestamp":"2026-11-01T10:{{{n / 60 % 60:d2}}}:{{{n % 60:d2}}}.000Z","cwd":"/home/dev/app","version":"2.1.330","message":{"role":"user","content":"{{{text}}}"}}""";
        File.AppendAllText(_path, line + "\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }
}
