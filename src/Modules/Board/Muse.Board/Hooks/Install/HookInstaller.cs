namespace Muse.Board.Hooks.Install;

/// <summary>
/// <c>muse hook install</c> and <c>uninstall</c>: shows what changes in each file, then changes it. A file that cannot be
/// understood is left alone and named.
/// </summary>
internal sealed class HookInstaller(IReadOnlyList<HookTarget> targets, string address, TimeProvider clock, TextWriter output)
{
    /// <returns>0, or 1 if a file could not be handled or no agent was found.</returns>
    public async Task<int> RunAsync(bool install, bool dryRun)
    {
        var found = targets.Where(t => Directory.Exists(t.Folder)).ToList();
        if (found.Count == 0)
        {
            await output.WriteLineAsync($"No agent that takes hooks was found. Looked for {string.Join(", ", targets.Select(t => t.Folder))}.");
            return 1;
        }

        var failed = false;
        var changed = false;
        foreach (var target in found)
        {
            try
            {
                changed |= await ChangeAsync(target, install, dryRun);
            }
            catch (HookFileException e)
            {
                failed = true;
                await output.WriteLineAsync($"{target.Path} was left alone: {e.Message}");
            }
        }

        if (changed && dryRun)
        {
            await output.WriteLineAsync("Nothing was written: this was --dry-run.");
        }

        return failed ? 1 : 0;
    }

    /// <returns>True if the file changed, or would.</returns>
    private async Task<bool> ChangeAsync(HookTarget target, bool install, bool dryRun)
    {
        var file = new OwnersFile(target.Path);
        var entries = new HookEntries(target.Agent, address);
        var edit = new JsonFileEdit(file.Text);
        var there = edit.Value;
        var wanted = install ? entries.Install(there) : entries.Uninstall(there);
        if (System.Text.Json.Nodes.JsonNode.DeepEquals(wanted ?? [], there ?? []))
        {
            await output.WriteLineAsync($"{target.Path}: {(install ? "Muse's hooks are there already." : "has no hooks of Muse.")}");
            return false;
        }

        var text = edit.With(wanted);
        await output.WriteLineAsync($"{target.Path}:\n{LineDiff.Of(file.Text, text)}");
        if (dryRun)
        {
            return true;
        }

        var backup = file.Replace(text, clock.GetUtcNow());
        await output.WriteLineAsync(backup is null ? "Written." : $"Written. As it was before: {backup}");
        if (install && target.Agent == "codex")
        {
            await output.WriteLineAsync("Codex runs these hooks only after you trust them: start codex and answer \"Hooks need review\".");
        }

        return true;
    }
}
