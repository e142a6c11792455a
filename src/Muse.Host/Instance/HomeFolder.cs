namespace Muse.Host.Instance;

/// <summary>The data folder, held by one process at a time: two writers on one database would each undo the other's cursors.</summary>
internal sealed class HomeFolder : IDisposable
{
    private readonly FileStream _lock;

    private HomeFolder(FileStream held) => _lock = held;

    /// <summary>Creates the folder for its owner only and takes it; null if another process holds it.</summary>
    public static HomeFolder? TryTake(string path)
    {
        Create(path);
        try
        {
            return new HomeFolder(new FileStream(Path.Combine(path, "muse.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => _lock.Dispose();

    private static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
