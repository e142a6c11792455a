using System.Reflection;
using System.Runtime.CompilerServices;
using Muse.Autopilot;
using Muse.Board;
using Muse.BuildingBlocks.Modules;
using Muse.Contracts;
using Muse.Copilot;
using Muse.Insights;
using Muse.Remote;
using Muse.Sessions;

namespace Muse.Architecture;

/// <summary>The assemblies and sources the rules are about.</summary>
internal static class House
{
    public static readonly Assembly[] Modules =
    [
        typeof(SessionsModule).Assembly, typeof(BoardModule).Assembly, typeof(CopilotModule).Assembly, typeof(AutopilotModule).Assembly,
        typeof(RemoteModule).Assembly, typeof(InsightsModule).Assembly,
    ];

    public static readonly Assembly Contracts = typeof(IFact).Assembly;

    public static readonly Assembly BuildingBlocks = typeof(ModuleDbContext).Assembly;

    public static string Root { get; } = FindRoot();

    public static IEnumerable<string> Sources(string below, string pattern = "*.cs") => Directory
        .EnumerateFiles(Path.Combine(Root, below), pattern, SearchOption.AllDirectories)
        .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules" or "Migrations"));

    public static IEnumerable<Type> TypesOf(Assembly assembly) =>
        assembly.GetTypes().Where(t => t.GetCustomAttribute<CompilerGeneratedAttribute>() is null);

    private static string FindRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
