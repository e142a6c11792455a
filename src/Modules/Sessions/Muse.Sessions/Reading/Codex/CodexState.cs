using System.Text.Json;

namespace Muse.Sessions.Reading.Codex;

/// <summary>What a call's later lines need to know of it.</summary>
internal sealed record PendingCall(long Ordinal, string Name)
{
    /// <summary>The command looks like a git commit: its output may show a hash.</summary>
    public bool Commits { get; set; }
    public bool Answered { get; set; }

    /// <summary>Its edits were told, by the event that carries the diff.</summary>
    public bool Edited { get; set; }
    public bool Failed { get; set; }
    public long DurationMs { get; set; } = -1;
    public List<(string Path, int Added, int Removed)> Edits { get; init; } = [];
}

/// <param name="Sources">Which of the kinds of records have said it: each text stands in up to three.</param>
internal readonly record struct SaidText(int Kind, ulong Hash, int Sources);

/// <summary>What the next line needs to know of the earlier ones. Saved with every commit, so every list is bounded.</summary>
internal sealed class CodexState
{
    private const int MostPending = 256;
    private const int MostSaid = 48;
    private const int MostPrompts = 256;

    public string Thread { get; set; } = "";

    /// <summary>The thread whose records are being read: the parent's within a copied prefix.</summary>
    public string UsageThread { get; set; } = "";
    public string? Model { get; set; }
    public string Version { get; set; } = "";
    public string LastReply { get; set; } = "";
    public long LastReplyOrdinal { get; set; } = -1;
    public long LastReplyAtMs { get; set; }
    public long OwnStartMs { get; set; }

    /// <summary>Ordinal of the first record that is not copied; -1 if the head does not say.</summary>
    public long HistoryStart { get; set; } = -1;
    public bool SawMeta { get; set; }
    public bool Inheriting { get; set; }
    public bool Subagent { get; set; }

    /// <summary>The file says prompts as events: what it gives to the model in a user's name is then not needed.</summary>
    public bool UserEvents { get; set; }
    public bool UsageRecords { get; set; }

    /// <summary>The thread's totals began in another file: the first ones here hold what was counted there.</summary>
    public bool TotalsBegan { get; set; }
    public long LastAtMs { get; set; }

    /// <summary>An error of this turn was told: its end says it once more.</summary>
    public bool TurnFailed { get; set; }

    /// <summary>Tokens that the agent lets into the context, as it said last; 0 before it did.</summary>
    public long ContextWindow { get; set; }

    /// <summary>Input, cached, cache writes, output, reasoning: the thread's totals so far.</summary>
    public long[] Totals { get; private set; } = new long[5];

    /// <summary>Place of the last message to the model that may be a prompt: hash, offset, length, images.</summary>
    public (ulong Hash, long Offset, int Length, int Images) Candidate { get; set; }
    public List<SaidText> Said { get; } = [];
    public List<long> Prompts { get; } = [];
    public OrderedDictionary<string, PendingCall> Calls { get; } = new(StringComparer.Ordinal);

    public void Open(string callId, PendingCall call)
    {
        if (Calls.Count >= MostPending)
        {
            Calls.RemoveAt(0);
        }

        Calls.Remove(callId);
        Calls.Add(callId, call);
    }

    /// <summary>A turn begins: its answered calls get no more news, its texts no more copies.</summary>
    public void BeginTurn()
    {
        TurnFailed = false;
        Said.RemoveAll(s => s.Kind != CodexMessages.PromptText);
        for (var i = Calls.Count - 1; i >= 0; i--)
        {
            if (Calls.GetAt(i).Value.Answered)
            {
                Calls.RemoveAt(i);
            }
        }
    }

    /// <summary>True if another kind of record has said this text already, and this one has not.</summary>
    public bool SaidBefore(int kind, ulong hash, int source)
    {
        for (var i = 0; i < Said.Count; i++)
        {
            if (Said[i].Kind == kind && Said[i].Hash == hash && (Said[i].Sources & source) == 0)
            {
                Said[i] = Said[i] with { Sources = Said[i].Sources | source };
                return true;
            }
        }

        if (Said.Count >= MostSaid)
        {
            Said.RemoveAt(0);
        }

        Said.Add(new SaidText(kind, hash, source));
        return false;
    }

    public void AddPrompt(long ordinal)
    {
        if (Prompts.Count >= MostPrompts)
        {
            Prompts.RemoveAt(0);
        }

        Prompts.Add(ordinal);
    }

    public byte[] Save()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            json.WriteStringValue(Thread);
            json.WriteStringValue(UsageThread);
            json.WriteStringValue(Model);
            json.WriteStringValue(Version);
            json.WriteStringValue(LastReply);
            Numbers(json, [LastReplyOrdinal, LastReplyAtMs, OwnStartMs, HistoryStart, LastAtMs, (long)Candidate.Hash, Candidate.Offset, Candidate.Length, Candidate.Images,
                Bit(SawMeta), Bit(Inheriting), Bit(Subagent), Bit(UserEvents), Bit(UsageRecords), Bit(TotalsBegan), ContextWindow, Bit(TurnFailed)]);
            Numbers(json, Totals);
            Numbers(json, Said.SelectMany(s => new[] { s.Kind, (long)s.Hash, s.Sources }));
            Numbers(json, Prompts);
            json.WriteStartArray();
            foreach (var (id, call) in Calls)
            {
                json.WriteStartArray();
                json.WriteStringValue(id);
                json.WriteStringValue(call.Name);
                Numbers(json, [call.Ordinal, call.DurationMs, Bit(call.Commits), Bit(call.Answered), Bit(call.Edited), Bit(call.Failed)]);
                foreach (var (path, added, removed) in call.Edits)
                {
                    json.WriteStringValue(path);
                    json.WriteNumberValue(added);
                    json.WriteNumberValue(removed);
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteEndArray();
        }

        return buffer.ToArray();
    }

    /// <summary>The saved state; a fresh one if there is none or it cannot be understood.</summary>
    public static CodexState Load(ReadOnlySpan<byte> saved)
    {
        if (saved.IsEmpty)
        {
            return new CodexState();
        }

        try
        {
            using var document = JsonDocument.Parse(saved.ToArray());
            return Load(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            return new CodexState();
        }
    }

    private static CodexState Load(JsonElement root)
    {
        var n = Numbers(root[5]);
        var state = new CodexState
        {
            Thread = root[0].GetString() ?? "",
            UsageThread = root[1].GetString() ?? "",
            Model = root[2].GetString(),
            Version = root[3].GetString() ?? "",
            LastReply = root[4].GetString() ?? "",
            LastReplyOrdinal = n[0],
            LastReplyAtMs = n[1],
            OwnStartMs = n[2],
            HistoryStart = n[3],
            LastAtMs = n[4],
            Candidate = ((ulong)n[5], n[6], (int)n[7], (int)n[8]),
            SawMeta = n[9] != 0,
            Inheriting = n[10] != 0,
            Subagent = n[11] != 0,
            UserEvents = n[12] != 0,
            UsageRecords = n[13] != 0,
            TotalsBegan = n[14] != 0,
            ContextWindow = n[15],
            TurnFailed = n[16] != 0,
            Totals = Numbers(root[6]) is { Length: 5 } totals ? totals : new long[5],
        };
        var said = Numbers(root[7]);
        for (var i = 0; i + 2 < said.Length; i += 3)
        {
            state.Said.Add(new SaidText((int)said[i], (ulong)said[i + 1], (int)said[i + 2]));
        }

        state.Prompts.AddRange(Numbers(root[8]));
        foreach (var saved in root[9].EnumerateArray())
        {
            var of = Numbers(saved[2]);
            var call = new PendingCall(of[0], saved[1].GetString() ?? "")
            {
                DurationMs = of[1], Commits = of[2] != 0, Answered = of[3] != 0, Edited = of[4] != 0, Failed = of[5] != 0,
            };
            for (var i = 3; i + 2 < saved.GetArrayLength(); i += 3)
            {
                call.Edits.Add((saved[i].GetString() ?? "", saved[i + 1].GetInt32(), saved[i + 2].GetInt32()));
            }

            state.Calls[saved[0].GetString() ?? ""] = call;
        }

        return state;
    }

    private static long Bit(bool value) => value ? 1 : 0;

    private static long[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetInt64())];

    private static void Numbers(Utf8JsonWriter json, IEnumerable<long> numbers)
    {
        json.WriteStartArray();
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
