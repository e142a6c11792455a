using System.Text.Json;

namespace Muse.Host.Instance;

/// <summary>What a running Muse leaves in its data folder, so that the other verbs find it.</summary>
/// <param name="ProcessStart">Start of the process as the kernel counts it: tells this process from a later one with the same pid.</param>
internal sealed record RunningInstance(int Pid, int Port, string Address, long StartedAtMs, long ProcessStart, string Version)
{
    private const string FileName = "instance.json";

    /// <summary>The instance of this data folder; null if none runs. What a killed one left behind does not count.</summary>
    public static RunningInstance? Find(string home)
    {
        try
        {
            var found = JsonSerializer.Deserialize<RunningInstance>(File.ReadAllBytes(Path.Combine(home, FileName)), JsonSerializerOptions.Web);
            return found is not null && ProcessTable.StartOf(found.Pid) == found.ProcessStart ? found : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public void Write(string home)
    {
        var path = Path.Combine(home, FileName);
        // Written beside and moved over: a reader never sees half a file.
        File.WriteAllBytes(path + ".new", JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web));
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Removes the file if it still tells of this process.</summary>
    public void Remove(string home)
    {
        if (Find(home) == this)
        {
            File.Delete(Path.Combine(home, FileName));
        }
    }
}
