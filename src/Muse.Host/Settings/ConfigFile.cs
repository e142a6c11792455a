using System.Text.Json;

namespace Muse.Host.Settings;

/// <summary><c>config.json</c> in the data folder. Its keys are those of <c>Muse:</c>, with <c>roots</c> as a short way to further folders.</summary>
internal static class ConfigFile
{
    private static readonly string[] Keys =
        ["port", "publicUrl", "roots", "door", "sessions", "board", "copilot", "autopilot", "remote", "insights"];

    private static readonly string[] Agents = ["claude-code", "codex", "gemini"];

    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    public static Dictionary<string, string?> Read(string path, List<string> errors)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (!File.Exists(path))
        {
            return values;
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), Lenient);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                errors.Add($"{path} must hold one JSON object, such as {{ \"port\": 6873 }}.");
                return values;
            }

            foreach (var property in document.RootElement.EnumerateObject())
            {
                ReadTop(path, property, values, errors);
            }
        }
        catch (JsonException exception)
        {
            errors.Add($"{path}, line {exception.LineNumber + 1}: this is not JSON. Mend the line, or move the file away to start with defaults.");
        }
        catch (UnauthorizedAccessException)
        {
            errors.Add($"{path} cannot be read. Give its owner the right to read it: chmod u+r '{path}'.");
        }

        return values;
    }

    private static void ReadTop(string path, JsonProperty property, Dictionary<string, string?> values, List<string> errors)
    {
        if (!Keys.Contains(property.Name, StringComparer.OrdinalIgnoreCase))
        {
            errors.Add($"{path} has the key \"{property.Name}\", which Muse does not know. Known keys: {string.Join(", ", Keys)}.");
        }
        else if (property.Name.Equals("roots", StringComparison.OrdinalIgnoreCase))
        {
            ReadRoots(path, property.Value, values, errors);
        }
        else
        {
            Flatten($"Muse:{property.Name}", property.Value, values);
        }
    }

    private static void ReadRoots(string path, JsonElement roots, Dictionary<string, string?> values, List<string> errors)
    {
        if (roots.ValueKind != JsonValueKind.Object)
        {
            errors.Add($"{path}: \"roots\" must hold folders by agent, such as {{ \"codex\": [\"/backup/.codex\"] }}.");
            return;
        }

        foreach (var agent in roots.EnumerateObject())
        {
            if (!Agents.Contains(agent.Name, StringComparer.Ordinal))
            {
                errors.Add($"{path}: \"roots\" has the agent \"{agent.Name}\". Known agents: {string.Join(", ", Agents)}.");
            }
            else if (agent.Value.ValueKind != JsonValueKind.Array || agent.Value.EnumerateArray().Any(f => f.ValueKind != JsonValueKind.String))
            {
                errors.Add($"{path}: \"roots\".\"{agent.Name}\" must be a list of folders in quotes.");
            }
            else
            {
                Flatten($"Muse:Sessions:Roots:{agent.Name}", agent.Value, values);
            }
        }
    }

    private static void Flatten(string key, JsonElement value, Dictionary<string, string?> values)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    Flatten($"{key}:{property.Name}", property.Value, values);
                }

                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var element in value.EnumerateArray())
                {
                    Flatten($"{key}:{index++}", element, values);
                }

                break;
            case JsonValueKind.Null:
                break;
            default:
                values[key] = value.ToString();
                break;
        }
    }
}
