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

    private const int SlotCount = 32;

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

    private static readonly Entry[] Slots = FillSlots();

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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Hold(ref byte text, int length, AbsentForms forms)
    {
        ref readonly Entry entry = ref Slots[SlotOf(text, length)];
        return (forms & entry.Form) != 0 && entry.Length == length
            && ((Vector128.LoadUnsafe(ref text) | entry.Ignored) ^ entry.Text) == Vector128<byte>.Zero;
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

    // No two of the texts share a slot: one look decides. Letters have the same five low bits in either case.
    private static int SlotOf(byte first, int length) => (((first & 31) * 11) + length) & (SlotCount - 1);

    private static Entry[] FillSlots()
    {
        var slots = new Entry[SlotCount];
        foreach ((string text, AbsentForms form) in Texts)
        {
            ref Entry slot = ref slots[SlotOf((byte)text[0], text.Length)];
            if (slot.Form != 0) throw new InvalidOperationException($"\"{text}\" shares its slot with another text.");
            slot = new Entry(text, form);
        }
        return slots;
    }

    private readonly struct Entry
    {
        public readonly Vector128<byte> Text;
        public readonly Vector128<byte> Ignored;
        public readonly AbsentForms Form;
        public readonly int Length;

        public Entry(string text, AbsentForms form)
        {
            string block = text.PadRight(BlockBytes, Behind);
            Text = Vector128.Create(Encoding.Latin1.GetBytes(block));
            // The bit that makes a letter lower case, and all of what is behind the text.
            Ignored = Vector128.Create([.. block.Select(c => char.IsAsciiLetter(c) ? (byte)0x20 : c == Behind ? byte.MaxValue : (byte)0)]);
            Form = form;
            Length = text.Length;
        }
    }
}
