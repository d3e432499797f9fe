using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace FlowStream.Parsing;

/// <summary>
/// The texts of <see cref="AbsentForms"/>. A text is compared as one block, in which letters have their lower case; the table of
/// first bytes tells most values apart from all of them.
/// </summary>
internal static class AbsentTexts
{
    /// <summary>How many bytes are compared at once; no text is longer.</summary>
    public const int BlockBytes = 16;

    // What is behind a text in its block.
    private const char Behind = '\xFF';

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
        (ByFirstByte[value[0]] & forms) != 0 && HoldInBlock(value, forms);

    /// <summary>The same for a text behind which bytes may be read.</summary>
    /// <param name="text">The first of <see cref="BlockBytes"/> bytes that may be read.</param>
    /// <param name="length">Length of the text.</param>
    /// <param name="forms">The forms.</param>
    // Kept apart, so that values that begin like none of them cost a look at their first byte and no more.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool Hold(ref byte text, int length, AbsentForms forms)
    {
        if ((uint)length >= (uint)ByLength.Length) return false;
        Vector128<byte> block = Vector128.LoadUnsafe(ref text);
        foreach (ref readonly Entry entry in ByLength[length].AsSpan())
        {
            if ((forms & entry.Form) != 0 && (block | entry.Ignored) == entry.Text) return true;
        }
        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool HoldInBlock(ReadOnlySpan<byte> value, AbsentForms forms)
    {
        if (value.Length > BlockBytes) return false;
        Span<byte> block = stackalloc byte[BlockBytes];
        value.CopyTo(block);
        return Hold(ref MemoryMarshal.GetReference(block), value.Length, forms);
    }

    private static AbsentForms FormsThatBeginWith(int first) => Texts
        .Where(t => t.Text[0] == char.ToLowerInvariant((char)first)).Aggregate(AbsentForms.Empty, (forms, t) => forms | t.Form);

    private readonly struct Entry
    {
        public readonly Vector128<byte> Text;
        public readonly Vector128<byte> Ignored;
        public readonly AbsentForms Form;

        public Entry(string text, AbsentForms form)
        {
            string block = text.PadRight(BlockBytes, Behind);
            Text = Vector128.Create(Encoding.Latin1.GetBytes(block));
            // The bit that makes a letter lower case, and all of what is behind the text.
            Ignored = Vector128.Create([.. block.Select(c => char.IsAsciiLetter(c) ? (byte)0x20 : c == Behind ? byte.MaxValue : (byte)0)]);
            Form = form;
        }
    }
}
