namespace Muse.Testing;

/// <summary>A program under Claude Code's name that draws, registers and takes keys as it does: what a real tmux is tested with.</summary>
public static class StandInClaude
{
    /// <summary>Puts it into a folder; it does not run yet.</summary>
    /// <param name="home">The home it believes in, whoever starts it.</param>
    /// <returns>The path of the program to start.</returns>
    public static string InstallIn(string folder, string home)
    {
        // A shell under the agent's name, for the kernel and for tmux: a script would be known to them by its interpreter.
        var program = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "program")).FullName, "claude");
        File.Copy("/bin/bash", program, overwrite: true);
        var script = Path.Combine(AppContext.BaseDirectory, "stand-in-claude.sh");
        var start = Path.Combine(folder, "claude");
        File.WriteAllText(start, $"#!/bin/bash\nunset CLAUDE_CONFIG_DIR\nLC_ALL=C.UTF-8 HOME='{home}' exec -a claude '{program}' '{script}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(start, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return start;
    }
}
