using System.Globalization;
using System.Text;

namespace FlowStream.Parsing;

/// <summary>
/// The names of IP protocols: PAN-OS and the on-box reports of Junos print them instead of numbers. The keywords are those of the IANA
/// registry of assigned Internet protocol numbers, the aliases those of devices; letter case does not matter.
/// </summary>
public static class ProtocolNames
{
    // A name is looked up as 16 bytes, its length the last of them: so every name is two whole words of the perfect hash.
    private const int PaddedBytes = 16;

    // What most sessions have is not looked up.
    private const byte Tcp = 6;

    // IANA's keywords in the order of their numbers; "-" has none.
    private const string Keywords = """
        hopopt icmp igmp ggp ipv4 st tcp cbt egp igp bbn-rcc-mon nvp-ii pup argus emcon xnet chaos udp mux dcn-meas hmp prm xns-idp trunk-1
        trunk-2 leaf-1 leaf-2 rdp irtp iso-tp4 netblt mfe-nsp merit-inp dccp 3pc idpr xtp ddp idpr-cmtp tp++ il ipv6 sdrp ipv6-route
        ipv6-frag idrp rsvp gre dsr bna esp ah i-nlsp swipe narp min-ipv4 tlsp skip ipv6-icmp ipv6-nonxt ipv6-opts - cftp - sat-expak
        kryptolan rvd ippc - sat-mon visa ipcv cpnx cphb wsn pvp br-sat-mon sun-nd wb-mon wb-expak iso-ip vmtp secure-vmtp vines iptm
        nsfnet-igp dgp tcf eigrp ospfigp sprite-rpc larp mtp ax.25 ipip micp scc-sp etherip encap - gmtp ifmp pnni pim aris scps qnx a/n
        ipcomp snp compaq-peer ipx-in-ip vrrp pgm - l2tp ddx iatp stp srp uti smp sm ptp isis fire crtp crudp sscopmce iplt sps pipe sctp fc
        rsvp-e2e-ignore mobility-header udplite mpls-in-ip manet hip shim6 wesp rohc ethernet aggfrag nsh
        """;

    private static readonly (string Name, byte Number)[] Known =
    [
        .. Keywords.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select((name, number) => (name, (byte)number))
            .Where(p => p.name != "-"),
        ("icmpv6", 58), ("icmp6", 58), ("ospf", 89), ("ip-in-ip", 4), ("ipencap", 4), ("isis-over-ipv4", 124), ("mobility", 135),
    ];

    private static readonly byte[] Numbers = [.. Known.Select(p => p.Number)];

    private static readonly NameTable Names = new([.. Known.Select(p => Pad(p.Name))]);

    /// <summary>Finds the number of the protocol called <paramref name="name"/>.</summary>
    /// <returns>False when no protocol is called so.</returns>
    public static bool TryFind(ReadOnlySpan<byte> name, out byte number)
    {
        number = 0;
        if (name.Length is 0 or >= PaddedBytes) return false;
        if (name.SequenceEqual("tcp"u8))
        {
            number = Tcp;
            return true;
        }
        Span<byte> padded = stackalloc byte[PaddedBytes];
        padded.Clear();
        if (Ascii.ToLower(name, padded, out _) != System.Buffers.OperationStatus.Done) return false;
        padded[^1] = (byte)name.Length;
        int index = Names.Find(padded);
        if (index < 0) return false;
        number = Numbers[index];
        return true;
    }

    /// <summary>What a protocol is called in lower case; its number in decimal when it has no keyword.</summary>
    public static string Name(byte number)
    {
        int index = Array.IndexOf(Numbers, number);
        return index < 0 ? number.ToString(CultureInfo.InvariantCulture) : Known[index].Name;
    }

    private static byte[] Pad(string name)
    {
        var padded = new byte[PaddedBytes];
        Encoding.ASCII.GetBytes(name, padded);
        padded[^1] = (byte)name.Length;
        return padded;
    }
}
