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
    /// The patterns: of key i of <see cref="FieldTable.Keys"/> at i + 1. The first is of no key: it is at no text with a value that is read
    /// as usual. Of a name too long for a block the <see cref="Length"/> is 0, and no text is compared with it.
    /// </summary>
    public static readonly KeyPattern[] All =
    [
        new(),
        .. FieldTable.Definitions.SelectMany(d => d.Keys).Select((key, i) => new KeyPattern(key.Name, FieldTable.Rules[i], -1)),
        .. JunosExtras.Keys.Select((key, i) => new KeyPattern(key.Name, new FieldRule(default, FieldKind.Text, key.Absent, 0), i)),
    ];

    /// <summary>
    /// How the value is read; for an extra only <see cref="FieldRule.Absent"/> counts. These are fields and no properties, so that they
    /// are read where they are.
    /// </summary>
    public readonly FieldRule Rule;

    /// <summary>What in the first byte of a value is looked at: its forms of "no value", and all that is unusual.</summary>
    public readonly AbsentForms Notable;

    /// <summary>How many bytes it has; 0 when no text is compared with it.</summary>
    public readonly byte Length;

    /// <summary>What a value that is as usual is read as.</summary>
    public readonly PatternUse Use;

    /// <summary>The number of the key in <see cref="JunosExtras.Keys"/>, or -1 when it is of a field.</summary>
    public readonly short Extra;

    /// <summary>The largest number of up to <see cref="DecimalDigits.WordBytes"/> digits that the field may have.</summary>
    public readonly uint WordMaximum;

    private readonly Vector256<byte> _text;

    // All bits of the bytes that it has, none of those behind it.
    private readonly Vector256<byte> _compared;

    /// <summary>The pattern of no key: what it matches, and what begins there, is no ASCII.</summary>
    public KeyPattern()
    {
        Notable = NotableBytes.Unusual;
        _text = _compared = Vector256<byte>.AllBitsSet;
    }

    private KeyPattern(string name, FieldRule rule, int extra)
    {
        Rule = rule;
        Extra = (short)extra;
        Notable = rule.Absent | NotableBytes.Unusual;
        byte[] text = Encoding.ASCII.GetBytes($" {name}=\"");
        if (text.Length > BlockBytes) return;
        Length = (byte)text.Length;
        Use = UseOf(rule, extra, text.Length);
        WordMaximum = (uint)Math.Min(FieldReader.MaximumOf(rule.Kind), uint.MaxValue);
        byte[] behind = new byte[BlockBytes - text.Length];
        _text = Vector256.Create([.. text, .. behind], 0);
        _compared = Vector256.Create([.. text.Select(_ => byte.MaxValue), .. behind], 0);
    }

    /// <summary>The key alone, where the pattern stands at <paramref name="position"/>.</summary>
    public TextSlice Key(int position) => new(position + 1, Length - " =\"".Length);

    /// <summary>True when a text begins with it; not to be asked of a pattern without a <see cref="Length"/>.</summary>
    /// <param name="text">The first of <see cref="BlockBytes"/> bytes that may be read.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsAt(ref byte text) => ((Vector256.LoadUnsafe(ref text) ^ _text) & _compared) == Vector256<byte>.Zero;

    // A number or an address is read in a block that ends with it, so the key in front of it must fill that block.
    private static PatternUse UseOf(in FieldRule rule, int extra, int length)
    {
        if (extra >= 0) return PatternUse.Extra;
        return rule.Kind switch
        {
            FieldKind.Text => PatternUse.Text,
            FieldKind.Address when length >= DottedAddress.BlockBytes => PatternUse.Address,
            FieldKind.Address or FieldKind.Hexadecimal or FieldKind.LocalTime => PatternUse.Other,
            _ => length >= DecimalDigits.WordBytes && !MayBeAbsentNumber(rule.Absent) ? PatternUse.Number : PatternUse.Other,
        };
    }

    private static bool MayBeAbsentNumber(AbsentForms absent) =>
        "0123456789"u8.ToArray().Any(digit => (AbsentTexts.BeginningWith(digit) & absent) != 0);
}
