using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace FlowStream.Parsing.Junos;

/// <summary>A known key as a device prints it in front of a value, <c> name="</c>: it is compared with a text at once.</summary>
internal readonly struct KeyPattern
{
    /// <summary>How many bytes are looked at.</summary>
    public const int BlockBytes = 32;

    /// <summary>
    /// The patterns: of key i of <see cref="FieldTable.Keys"/> at i + 1. The first is of no key, and any text begins with it; of a name too
    /// long for a block the <see cref="Length"/> is 0.
    /// </summary>
    public static readonly KeyPattern[] All =
    [
        new(),
        .. FieldTable.Definitions.SelectMany(d => d.Keys).Select((key, i) => new KeyPattern(key.Name, FieldTable.Rules[i], -1)),
        .. JunosExtras.Keys.Select((key, i) => new KeyPattern(key.Name, new FieldRule(default, FieldKind.Text, key.Absent, 0), i)),
    ];

    /// <summary>
    /// How the value is read; for an extra only <see cref="FieldRule.Absent"/> counts. No property, so that it is read where it is.
    /// </summary>
    public readonly FieldRule Rule;

    /// <summary>What in the first byte of a value is looked at: its forms of "no value", and all that is unusual.</summary>
    public readonly AbsentForms Notable;

    private readonly Vector256<byte> _text;

    // The bits of the bytes behind it.
    private readonly uint _behind;

    /// <summary>Makes the pattern of no key.</summary>
    public KeyPattern() => _behind = uint.MaxValue;

    private KeyPattern(string name, FieldRule rule, int extra)
    {
        Rule = rule;
        Extra = (short)extra;
        Notable = rule.Absent | NotableBytes.Unusual;
        byte[] text = Encoding.ASCII.GetBytes($" {name}=\"");
        if (text.Length > BlockBytes) return;
        Length = (byte)text.Length;
        _behind = (uint)(ulong.MaxValue << text.Length);
        _text = Vector256.Create([.. text, .. new byte[BlockBytes - text.Length]], 0);
    }

    /// <summary>How many bytes it has; 0 when no text is compared with it.</summary>
    public byte Length { get; }

    /// <summary>The number of the key in <see cref="JunosExtras.Keys"/>, or -1 when it is of a field.</summary>
    public short Extra { get; }

    /// <summary>The key alone, where the pattern stands at <paramref name="position"/>.</summary>
    public TextSlice Key(int position) => new(position + 1, Length - " =\"".Length);

    /// <summary>True when a text begins with it.</summary>
    /// <param name="text">The first of <see cref="BlockBytes"/> bytes that may be read.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsAt(ref byte text) =>
        (Vector256.Equals(_text, Vector256.LoadUnsafe(ref text)).ExtractMostSignificantBits() | _behind) == uint.MaxValue;
}
