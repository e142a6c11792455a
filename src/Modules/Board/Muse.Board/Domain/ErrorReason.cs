namespace Muse.Board.Domain;

/// <summary>What a person is needed for when a turn failed, by the agent's own word for the error.</summary>
internal static class ErrorReason
{
    private static readonly string[] LimitWords = ["limit", "quota", "billing", "overage", "credit"];
    private static readonly string[] LoginWords = ["auth", "login", "token_expired", "401", "403"];

    /// <param name="text">What is shown of it: Gemini CLI has one code for all, and says only here that a quota is used up.</param>
    public static NeedReason Of(string code, string text) =>
        code == "error" && text.Contains("quota", StringComparison.OrdinalIgnoreCase) ? NeedReason.Limit : Of(code);

    public static NeedReason Of(string? code) =>
        code is null ? NeedReason.Error
        : Array.Exists(LimitWords, w => code.Contains(w, StringComparison.OrdinalIgnoreCase)) ? NeedReason.Limit
        : Array.Exists(LoginWords, w => code.Contains(w, StringComparison.OrdinalIgnoreCase)) ? NeedReason.Login
        : NeedReason.Error;
}
