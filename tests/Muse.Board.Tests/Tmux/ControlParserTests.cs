using System.Text;
using CsCheck;
using Muse.Board.Tmux;

namespace Muse.Board.Tests.Tmux;

public sealed class ControlParserTests
{
    private const string Session =
        "%begin 1795 269 0\n%end 1795 269 0\n%session-changed $1 b\n%begin 1795 274 1\n%0 ä\n\n%end 1795 275 1\n%error 1795 274\n%begin 9 9 1\n%end 1795 274 1\n" +
        "%window-renamed @1 c a t\n%output %1 a\\033[1m\\\\ \\303\\244\\012\n%begin 1796 280 1\nbad: x\n%error 1796 280 1\n%subscription-changed muse $1 - - - : x|\nnonsense\n%exit\n";

    [Fact]
    public void Answers_and_notices_are_told_apart()
    {
        Assert.Equal(
            [
                new ControlReply(269, Asked: false, Failed: false, ""),
                new ControlNotice("session-changed", "$1 b"),
                new ControlReply(274, Asked: true, Failed: false, "%0 ä\n\n%end 1795 275 1\n%error 1795 274\n%begin 9 9 1"),
                new ControlNotice("window-renamed", "@1 c a t"),
                new ControlOutput("%1", Encoding.UTF8.GetBytes("a\u001b[1m\\\\ ä\n")),
                new ControlReply(280, Asked: true, Failed: true, "bad: x"),
                new ControlNotice("subscription-changed", "muse $1 - - - : x|"),
                new ControlNotice("exit", ""),
            ],
            Parse([Encoding.UTF8.GetBytes(Session)]));
    }

    [Fact]
    public void The_bytes_may_be_cut_anywhere()
    {
        var bytes = Encoding.UTF8.GetBytes(Session);
        var whole = Parse([bytes]);

        Gen.Int[0, bytes.Length].Array[0, 12].Sample(cuts =>
        {
            int[] places = [0, .. cuts.Order(), bytes.Length];
            Assert.Equal(whole, Parse(places.Zip(places.Skip(1)).Select(p => bytes[p.First..p.Second])));
        });
    }

    [Fact]
    public void An_end_without_a_beginning_is_no_control_mode()
    {
        Assert.Throws<ControlProtocolException>(() => Parse(["%end 1 2 1\n"u8.ToArray()]));
        Assert.Throws<ControlProtocolException>(() => Parse(["%begin 1\n"u8.ToArray()]));
    }

    [Fact]
    public void No_bytes_but_a_broken_protocol_make_it_throw()
    {
        Gen.OneOf(Gen.Const("%begin 1 2 1"), Gen.Const("%end 1 2 1"), Gen.Const("%output %1"), Gen.Const("\\9\\"), Gen.Const("\n"), Gen.String).Array.Sample(parts =>
        {
            try
            {
                Parse(parts.Select(Encoding.UTF8.GetBytes));
            }
            catch (ControlProtocolException)
            {
                // The only way out.
            }
        });
    }

    private static List<ControlMessage> Parse(IEnumerable<byte[]> pieces)
    {
        var found = new List<ControlMessage>();
        var parser = new ControlParser();
        foreach (var piece in pieces)
        {
            parser.Push(piece, found.Add);
        }

        return found;
    }
}
