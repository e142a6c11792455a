namespace Muse.EndToEnd.Cli;

/// <summary>A data folder and a user's home for one test.</summary>
public sealed class MuseFolders : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("muse-e2e-");

    public MuseFolders() => Directory.CreateDirectory(User);

    /// <summary><c>MUSE_HOME</c>; made by Muse itself.</summary>
    public string Muse => Path.Combine(_root.FullName, "muse");

    public string User => Path.Combine(_root.FullName, "home");

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    public MuseFolders With(string key, string value)
    {
        Environment[key] = value;
        return this;
    }

    public MuseFolders WithConfig(string json)
    {
        Directory.CreateDirectory(Muse);
        File.WriteAllText(Path.Combine(Muse, "config.json"), json);
        return this;
    }

    public void Dispose() => _root.Delete(recursive: true);
}
