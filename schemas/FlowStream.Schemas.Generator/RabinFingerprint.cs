using System.Text;

namespace FlowStream.Schemas.Generator;

/// <summary>CRC-64-AVRO, the 64-bit Rabin fingerprint (Avro 1.11 specification, "Schema Fingerprints").</summary>
internal static class RabinFingerprint
{
    private const ulong Empty = 0xC15D213AA4D7A795;

    private static readonly ulong[] Table = BuildTable();

    public static ulong Compute(string text)
    {
        ulong fingerprint = Empty;
        foreach (byte b in Encoding.UTF8.GetBytes(text))
            fingerprint = (fingerprint >> 8) ^ Table[(byte)fingerprint ^ b];
        return fingerprint;
    }

    private static ulong[] BuildTable()
    {
        var table = new ulong[256];
        for (int i = 0; i < table.Length; i++)
        {
            ulong value = (ulong)i;
            for (int bit = 0; bit < 8; bit++) value = (value >> 1) ^ ((value & 1) == 0 ? 0 : Empty);
            table[i] = value;
        }
        return table;
    }
}
