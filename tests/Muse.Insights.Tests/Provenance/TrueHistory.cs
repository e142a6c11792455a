using Muse.Insights.Tests.Git;
using Muse.Testing;

namespace Muse.Insights.Tests.Provenance;

/// <summary>
/// A repository in which agents and people worked side by side, of which it is known which commit holds whose work. What an agent did stands
/// in its transcript, what a person did stands nowhere.
/// </summary>
public sealed class TrueHistory
{
    private const int Files = 24;
    private readonly MuseHost _muse;
    private readonly Random _random;
    private readonly HashSet<(string Hash, string SessionId)> _truth = [];
    private readonly HashSet<string> _reverted = new(StringComparer.Ordinal);
    private AgentLog _agent;
    private int _count;

    public TrueHistory(MuseHost muse, int seed)
    {
        (_muse, _random, Seed) = (muse, new Random(seed), seed);
        Git = new GitSandbox(Path.Combine(muse.Folder, "work"), $"shop{seed}");
        for (var i = 0; i < Files; i++)
        {
            Git.Write(File(i), $"start {i}\n");
        }

        Git.Commit("Begin");
        Git.Pass(60);
        _agent = NewAgent(Git.Folder);
    }

    public int Seed { get; }

    public GitSandbox Git { get; }

    /// <summary>The session whose work a commit holds; a commit of a person alone is in no pair.</summary>
    public IReadOnlySet<(string Hash, string SessionId)> Truth => _truth;

    /// <summary>Commits that were undone.</summary>
    public IReadOnlySet<string> Reverted => _reverted;

    public int Commits => Git.Git("log", "--all", "--reflog", "--format=%H").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    public void Live(int episodes)
    {
        Action[] kinds =
        [
            Shown, Shown, Quiet, Quiet, Failing, ByHand, Beside, Beside, Afterwards, Amended, Rebased, Squashed, SquashedLater, Fixup, Undone, UndoneSilently, InWorktree, OnDeletedBranch,
            AlongForTheRide, Picked, FromColleague, GivenUp,
        ];
        for (var i = 0; i < episodes; i++)
        {
            if (_random.Next(3) == 0)
            {
                _agent = NewAgent(Git.Folder);
            }

            kinds[(i + Seed) % kinds.Length]();
            Git.Pass(15 + _random.Next(120));
        }
    }

    private AgentLog NewAgent(string folder)
    {
        var id = Seed * 1000 + _count++;
        AgentLog agent = id % 2 == 0 ? new ClaudeLog(_muse, $"c{id}", folder) : new CodexLog(_muse, id, folder, Git.Now);
        agent.Prompt(Git.Now, "Go on");
        Git.Pass(2);
        return agent;
    }

    private static string File(int i) => $"src/part{i % 4}/file{i}.cs";

    private string[] Some(int count) => [.. Enumerable.Range(0, Files).OrderBy(_ => _random.Next()).Take(count).Select(File)];

    private void Change(string path, string? folder = null) =>
        System.IO.File.AppendAllText(Path.Combine(folder ?? Git.Folder, path), $"line {Seed} {_count++}\n");

    private void AgentEdits(IEnumerable<string> paths, AgentLog? agent = null, string? folder = null)
    {
        foreach (var path in paths)
        {
            Change(path, folder);
            (agent ?? _agent).Edit(Git.Now, folder ?? Git.Folder, path);
            Git.Pass(1 + _random.Next(3));
        }
    }

    private string AgentCommits(bool shown, AgentLog? agent = null, string? folder = null)
    {
        var (hash, printed) = Git.Commit($"Change {_count++}", folder);
        (agent ?? _agent).Run(Git.Now, shown ? "git add -A && git commit -m 'Change'" : "git commit -q -am x", shown ? printed : "");
        _truth.Add((hash, (agent ?? _agent).SessionId));
        return hash;
    }

    private string PersonCommits(params string[] paths)
    {
        Array.ForEach(paths, p => Change(p));
        return Git.Commit($"By hand {_count++}").Hash;
    }

    private void Holds(string hash, AgentLog? agent = null) => _truth.Add((hash, (agent ?? _agent).SessionId));

    private void Shown()
    {
        AgentEdits(Some(2));
        AgentCommits(shown: true);
    }

    private void Quiet()
    {
        AgentEdits(Some(3));
        AgentCommits(shown: false);
    }

    /// <summary>The tests after the commit fail, and with them the call.</summary>
    private void Failing()
    {
        AgentEdits(Some(2));
        var (hash, printed) = Git.Commit($"Change {_count++}");
        _agent.Run(Git.Now, "git commit -am x && make test", printed + "1 failed", failed: true);
        Holds(hash);
    }

    private void ByHand()
    {
        AgentEdits(Some(2));
        Git.Pass(5 + _random.Next(50));
        Holds(Git.Commit($"Take over {_count++}").Hash);
    }

    /// <summary>A person commits other files while the agent is at work.</summary>
    private void Beside()
    {
        var files = Some(4);
        AgentEdits(files[..2]);
        Git.Git("add", files[0], files[1]);
        Git.Git("stash", "-q");
        PersonCommits(files[2], files[3]);
        Git.Git("stash", "pop", "-q");
        AgentCommits(_random.Next(2) == 0);
    }

    /// <summary>A person goes on with a file after the agent's commit.</summary>
    private void Afterwards()
    {
        var files = Some(2);
        AgentEdits(files);
        AgentCommits(_random.Next(2) == 0);
        Git.Pass(10 + _random.Next(30));
        PersonCommits(files[0]);
    }

    private void Amended()
    {
        AgentEdits(Some(2));
        AgentCommits(_random.Next(2) == 0);
        Git.Pass(5);
        Change(Some(1)[0]);
        Git.Git("commit", "-q", "-a", "--amend", "-m", $"Amended {_count++}");
        Holds(Git.Head());
    }

    private List<string> Branch(int commits, bool shown = true)
    {
        var name = $"branch{_count++}";
        Git.Git("checkout", "-q", "-b", name);
        var made = new List<string> { name };
        for (var i = 0; i < commits; i++)
        {
            AgentEdits(Some(2));
            made.Add(AgentCommits(shown));
            Git.Pass(5);
        }

        return made;
    }

    private void Rebased()
    {
        var branch = Branch(2);
        Git.Git("checkout", "-q", "main");
        PersonCommits("README.md");
        Git.Pass(20);
        Git.Git("rebase", "-q", "main", branch[0]);
        Holds(Git.Head());
        Holds(Git.Git("rev-parse", "HEAD~1").Trim());
        Git.Git("checkout", "-q", "main");
        Git.Git("merge", "-q", "--ff-only", branch[0]);
    }

    private void Squashed()
    {
        var branch = Branch(3, shown: _random.Next(2) == 0);
        Git.Git("checkout", "-q", "main");
        Git.Pass(60);
        Git.Git("merge", "-q", "--squash", branch[0]);
        Holds(Git.Commit($"Squash {_count++}").Hash);
        Git.Git("branch", "-q", "-D", branch[0]);
    }

    /// <summary>Main has moved on, so that the squashed tree is new.</summary>
    private void SquashedLater()
    {
        var branch = Branch(2);
        Git.Git("checkout", "-q", "main");
        PersonCommits("NOTES.md");
        Git.Pass(60 * 30);
        Git.Git("merge", "-q", "--squash", branch[0]);
        Holds(Git.Commit($"Squash {_count++}").Hash);
    }

    private void Fixup()
    {
        AgentEdits(Some(2));
        AgentCommits(shown: true);
        Git.Pass(5);
        AgentEdits(Some(1));
        Git.Git("commit", "-q", "-a", "--fixup", "HEAD");
        Holds(Git.Head());
        Git.Git("-c", "sequence.editor=true", "rebase", "-q", "-i", "--autosquash", "HEAD~2");
        Holds(Git.Head());
    }

    private void Undone()
    {
        AgentEdits(Some(2));
        var hash = AgentCommits(shown: true);
        Git.Pass(60);
        Git.Git("revert", "--no-edit", hash);
        _reverted.Add(hash);
    }

    /// <summary>By a commit that does not say so.</summary>
    private void UndoneSilently()
    {
        AgentEdits(Some(2));
        var hash = AgentCommits(shown: false);
        Git.Pass(60);
        Git.Git("revert", "-n", hash);
        Git.Git("commit", "-q", "-m", $"Back out {_count++}");
        _reverted.Add(hash);
    }

    /// <summary>Two agents change the same file, each in a working tree of its own.</summary>
    private void InWorktree()
    {
        var (name, files) = ($"tree{_count++}", Some(2));
        var folder = Path.Combine(_muse.Folder, "work", $"{name}-{Seed}");
        Git.Git("worktree", "add", "-q", "-b", name, folder);
        var other = NewAgent(folder);
        AgentEdits(files, other, folder);
        AgentEdits(files);
        AgentCommits(shown: false, other, folder);
        Git.Pass(3);
        AgentCommits(shown: false);
    }

    private void OnDeletedBranch()
    {
        var branch = Branch(1, shown: _random.Next(2) == 0);
        Git.Git("checkout", "-q", "main");
        Git.Git("branch", "-q", "-D", branch[0]);
    }

    /// <summary>One file of the agent goes along in a person's larger commit.</summary>
    private void AlongForTheRide()
    {
        var files = Some(7);
        AgentEdits(files[..1]);
        Git.Pass(5);
        PersonCommits(files[1..]);
    }

    private void Picked()
    {
        var branch = Branch(1);
        Git.Git("checkout", "-q", "main");
        PersonCommits("CHANGES.md");
        Git.Pass(30);
        Git.Git("cherry-pick", branch[1]);
        Holds(Git.Head());
    }

    /// <summary>Somebody else's commit to a file of the agent comes in while it works.</summary>
    private void FromColleague()
    {
        var files = Some(2);
        AgentEdits(files[..1]);
        AgentCommits(shown: true);
        var clone = Path.Combine(_muse.Folder, "work", $"clone{_count++}-{Seed}");
        Git.Git("clone", "-q", Git.Folder, clone);
        AgentEdits(files[1..]);
        Git.Email = "bob@example.org";
        Change(files[1], clone);
        Git.Commit($"From Bob {_count++}", clone);
        Git.Email = GitSandbox.Ann;
        Git.Git("stash", "-q");
        Git.Git("pull", "-q", "--ff-only", clone, "main");
        Git.Git("stash", "drop", "-q");
    }

    /// <summary>The agent's change is thrown away, and a person does another one two days later.</summary>
    private void GivenUp()
    {
        var files = Some(1);
        AgentEdits(files);
        Git.Git("checkout", "-q", "--", ".");
        Git.Pass(60 * 48);
        _agent = NewAgent(Git.Folder);
        PersonCommits(files);
    }
}
