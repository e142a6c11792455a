global using Xunit;

// tmux and /proc are where the board runs.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
