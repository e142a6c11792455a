using Muse.Host.Instance;

namespace Muse.Host.Cli;

/// <summary>Who holds a port, in words that say what to do.</summary>
internal static class PortMessages
{
    public static string Taken(int port, PortHolder? holder)
    {
        var free = port >= 65535 ? 6874 : port + 1;
        return holder switch
        {
            null => $"Port {port} is in use by a process of another user. Choose another port: ./muse up --port {free}",
            _ when IsMuse(holder) => $"Port {port} is held by another Muse (pid {holder.Pid}). Run ./muse restart to take over, or ./muse up --port {free}",
            _ => $"Port {port} is in use by pid {holder.Pid}: {holder.Command}\nEnd that process, or choose another port: ./muse up --port {free}",
        };
    }

    /// <summary>True if the process runs this program, by the name of what it executes.</summary>
    public static bool IsMuse(PortHolder holder) =>
        holder.Command.Split(' ').Take(3).Any(part => Path.GetFileName(part) is "muse-host" or "muse-host.dll");
}
