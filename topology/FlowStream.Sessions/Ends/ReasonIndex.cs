using System.Text;
using FlowStream.Parsing;

namespace FlowStream.Sessions;

/// <summary>
/// Finds the reason of a device's text by hash: as it is listed, or else folded (<see cref="ReasonText"/>). What is looked up is not kept.
/// </summary>
internal sealed class ReasonIndex
{
    private const string FamilyEnd = "/*";

    private readonly NameTable _printed;
    private readonly EndReason[] _reasonOfPrinted;
    private readonly NameTable _texts;
    private readonly EndReason[] _reasonOfText;
    private readonly NameTable _families;
    private readonly EndReason[] _reasonOfFamily;

    /// <exception cref="ArgumentException">A text means two reasons.</exception>
    public ReasonIndex(IEnumerable<EndReasonRow> rows)
    {
        (string Text, EndReason Reason)[] texts = [.. rows.SelectMany(row => row.Texts.Select(text => (text, row.Reason)))];
        (string Text, EndReason Reason)[] printed = [.. texts.Where(t => t.Text.Length > 0 && !IsFamily(t.Text)).DistinctBy(t => t.Text)];
        _printed = new NameTable([.. printed.Select(p => Encoding.UTF8.GetBytes(p.Text))]);
        _reasonOfPrinted = [.. printed.Select(p => p.Reason)];
        (_texts, _reasonOfText) = Table(texts.Where(t => !IsFamily(t.Text)));
        (_families, _reasonOfFamily) = Table(texts
            .Where(t => IsFamily(t.Text)).Select(t => (t.Text[..^FamilyEnd.Length], t.Reason)));
    }

    /// <summary>Finds what <paramref name="raw"/> means.</summary>
    /// <returns>False when it is not listed.</returns>
    public bool TryFind(ReadOnlySpan<byte> raw, out EndReason reason)
    {
        int found = _printed.Find(raw);
        if (found < 0) return TryFindFolded(raw, out reason);
        reason = _reasonOfPrinted[found];
        return true;
    }

    private bool TryFindFolded(ReadOnlySpan<byte> raw, out EndReason reason)
    {
        reason = EndReason.Unknown;
        if (raw.Length > ReasonText.MaxBytes) return false;
        Span<byte> folded = stackalloc byte[ReasonText.MaxBytes];
        ReadOnlySpan<byte> text = folded[..ReasonText.Fold(raw, folded)];
        int found = _texts.Find(Name(text));
        if (found >= 0)
        {
            reason = _reasonOfText[found];
            return true;
        }
        int slash = text.IndexOf((byte)'/');
        if (slash < 0) return false;
        found = _families.Find(Name(text[..slash]));
        if (found < 0) return false;
        reason = _reasonOfFamily[found];
        return true;
    }

    private static bool IsFamily(string text) => text.EndsWith(FamilyEnd, StringComparison.Ordinal);

    private static (NameTable Table, EndReason[] Reasons) Table(IEnumerable<(string Text, EndReason Reason)> texts)
    {
        // One text may stand in several columns and in both vendors' spellings: it is one name here.
        (string Folded, EndReason Reason)[] names = [.. texts.Select(t => (FoldedName(t.Text), t.Reason)).Distinct()];
        return (new NameTable([.. names.Select(n => Encoding.Latin1.GetBytes(n.Folded))]), [.. names.Select(n => n.Reason)]);
    }

    private static string FoldedName(string text)
    {
        byte[] folded = new byte[ReasonText.MaxBytes];
        int length = ReasonText.Fold(Encoding.UTF8.GetBytes(text), folded);
        return Encoding.Latin1.GetString(Name(folded.AsSpan(0, length)));
    }

    // The table holds no empty name; no folded text holds a zero.
    private static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> text) => text.IsEmpty ? "\0"u8 : text;
}
