namespace Muse.Host.Runtime;

/// <summary>What <c>./muse</c> tells this process's runtime through its environment. The runtime has read it when the program begins.</summary>
internal static class RuntimeTuning
{
    private static readonly string[] Names = ["DOTNET_EnableWriteXorExecute", "DOTNET_GCgen0size"];

    /// <summary>Terminals and agents that Muse starts, and what people build in them, run as they would without Muse.</summary>
    public static void KeepFromChildren()
    {
        foreach (var name in Names)
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }
}
