using System.Security.Cryptography;
using System.Text;

namespace Muse.Contracts.Sessions;

/// <summary>
/// Muse's id of a session: <c>s</c> and 16 letters made of machine, agent and the agent's own id. Opaque, the same on
/// every rebuild, and harmless in a path or an address whatever the agent's id holds.
/// </summary>
public static class SessionId
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>The id for what the agent calls <paramref name="nativeId"/>.</summary>
    public static string For(string machine, string agent, string nativeId)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{machine}\n{agent}\n{nativeId}"), hash);
        return string.Create(17, hash.ToArray(), static (text, bytes) =>
        {
            text[0] = 's';
            var bits = BitConverter.ToUInt64(bytes);
            var more = BitConverter.ToUInt16(bytes, 8);
            for (var i = 1; i < 17; i++)
            {
                text[i] = Alphabet[(int)(bits & 31)];
                bits = (bits >> 5) | ((ulong)(more & 31) << 59);
                more >>= 5;
            }
        });
    }
}
