using Muse.BuildingBlocks.Persistence;

namespace Muse.Sessions.Ingest;

/// <summary>
/// The machine's part of session identities. Generated once and kept beside the database, not in it: a rebuilt archive
/// must give its sessions the ids they had.
/// </summary>
internal static class MachineName
{
    public static string Of(SessionsOptions options, MuseDatabase database)
    {
        if (options.Machine.Length > 0)
        {
            return options.Machine;
        }

        var path = Path.Combine(Path.GetDirectoryName(database.Path) ?? ".", "machine");
        if (File.Exists(path) && File.ReadAllText(path).Trim() is { Length: > 0 } known)
        {
            return known;
        }

        var name = Guid.CreateVersion7().ToString("N");
        File.WriteAllText(path, name + "\n");
        return name;
    }
}
