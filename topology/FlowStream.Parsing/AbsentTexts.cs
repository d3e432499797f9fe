using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace FlowStream.Parsing;

/// <summary>
/// The texts of <see cref="AbsentForms"/>. A text is compared as two words, its first and its last eight bytes, in which letters have
/// their lower case; the table of first bytes tells most values apart from all of them.
/// </summary>
internal static class AbsentTexts
{
    private const int WordBytes = 8;

    private static readonly (string Text, AbsentForms Form)[] Texts =
    [
        ("n/a", AbsentForms.NotAvailable), ("na", AbsentForms.NotAvailable), ("na na", AbsentForms.NotAvailable),
        ("none", AbsentForms.NoneWord), ("unknown", AbsentForms.Unknown), ("inconclusive", AbsentForms.Inconclusive),
        ("0.0.0.0", AbsentForms.UnspecifiedAddress), ("::", AbsentForms.UnspecifiedAddress),
        ("0.0.0.0/0", AbsentForms.UnspecifiedAddress), ("::/0", AbsentForms.UnspecifiedAddress),
        ("not-applicable", AbsentForms.NotApplicable), ("no-serial", AbsentForms.NoSerial),
        ("4294967295", AbsentForms.NoMeasurement), ("-1", AbsentForms.MinusOne),
    ];

    private static readonly AbsentForms[] ByFirstByte = [.. Enumerable.Range(0, 256).Select(FormsThatBeginWith)];

    private static readonly Entry[][] ByLength =
    [
        .. Enumerable.Range(0, Texts.Max(t => t.Text.Length) + 1)
            .Select(length => Texts.Where(t => t.Text.Length == length).Select(t => new Entry(t.Text, t.Form)).ToArray()),
    ];

    /// <summary>The forms that have a text which begins with <paramref name="first"/>.</summary>
    public static AbsentForms BeginningWith(byte first) => ByFirstByte[first];

    /// <summary>True when <paramref name="value"/>, which is not empty, is one of <paramref name="forms"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Hold(ReadOnlySpan<byte> value, AbsentForms forms) =>
        (ByFirstByte[value[0]] & forms) != 0 && IsAmong(value, forms);

    // Kept apart, so that values that begin like none of them cost a look at their first byte and no more.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsAmong(ReadOnlySpan<byte> value, AbsentForms forms)
    {
        if ((uint)value.Length >= (uint)ByLength.Length) return false;
        Entry[] entries = ByLength[value.Length];
        if (entries.Length == 0) return false;
        (ulong first, ulong last) = Words(value);
        foreach (ref readonly Entry entry in entries.AsSpan())
        {
            if ((first | entry.FirstLetters) == entry.First && (last | entry.LastLetters) == entry.Last && (forms & entry.Form) != 0)
                return true;
        }
        return false;
    }

    private static AbsentForms FormsThatBeginWith(int first) => Texts
        .Where(t => t.Text[0] == char.ToLowerInvariant((char)first)).Aggregate(AbsentForms.Empty, (forms, t) => forms | t.Form);

    // The first and the last bytes, up to eight of each; two to sixteen bytes are the whole text.
    private static (ulong First, ulong Last) Words(ReadOnlySpan<byte> text)
    {
        if (text.Length >= WordBytes)
            return (BinaryPrimitives.ReadUInt64LittleEndian(text), BinaryPrimitives.ReadUInt64LittleEndian(text[^WordBytes..]));
        if (text.Length >= sizeof(uint))
            return (BinaryPrimitives.ReadUInt32LittleEndian(text), BinaryPrimitives.ReadUInt32LittleEndian(text[^sizeof(uint)..]));
        return text.Length == 1 ? (text[0], text[0])
            : (BinaryPrimitives.ReadUInt16LittleEndian(text), BinaryPrimitives.ReadUInt16LittleEndian(text[^sizeof(ushort)..]));
    }

    private readonly struct Entry
    {
        public readonly ulong First;
        public readonly ulong Last;
        public readonly ulong FirstLetters;
        public readonly ulong LastLetters;
        public readonly AbsentForms Form;

        public Entry(string text, AbsentForms form)
        {
            (First, Last) = Words(Encoding.ASCII.GetBytes(text));
            // The bit that makes a letter lower case, at the places of letters.
            (FirstLetters, LastLetters) = Words([.. text.Select(c => char.IsAsciiLetter(c) ? (byte)0x20 : (byte)0)]);
            Form = form;
        }
    }
}
