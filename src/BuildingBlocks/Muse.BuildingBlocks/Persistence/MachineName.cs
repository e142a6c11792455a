namespace Muse.BuildingBlocks.Persistence;

/// <summary>
/// The machine's part of session identities. Generated once and kept beside the database, not in it: a rebuilt archive
/// must give its sessions the ids they had.
/// </summary>
public static class MachineName
{
    /// <param name="configured">What the settings name; empty for the generated one.</param>
    public static string Of(string configured, MuseDatabase database)
    {
        ArgumentNullException.ThrowIfNull(configured);
        ArgumentNullException.ThrowIfNull(database);
        if (configured.Length > 0)
        {
            return configured;
        }

        var path = Path.Combine(Path.GetDirectoryName(database.Path) ?? ".", "machine");
        if (File.Exists(path) && File.ReadAllText(path).Trim() is { Length: > 0 } known)
        {
            return known;
        }

        // Several modules ask at the same start: whoever is first names the machine for all.
        var made = $"{path}.{Guid.CreateVersion7():N}";
        File.WriteAllText(made, Guid.CreateVersion7().ToString("N") + "\n");
        try
        {
            File.Move(made, path, overwrite: File.Exists(path) && new FileInfo(path).Length == 0);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(made);
        }

        return File.ReadAllText(path).Trim();
    }
}
