using System.Runtime.CompilerServices;
using System.Text;

namespace FlowStream.Parsing.Panos;

/// <summary>
/// The custom fields of CEF, whose label stands under a key of its own, before the value or after it: <c>cs1Label=Rule cs1=allow-web</c>.
/// Templates drop labels to save room, so each field has the meaning that the vendor's template gives it unless its label says otherwise.
/// </summary>
internal struct CustomFields
{
    // A value and a label for each field.
    private const int Count = 11;
    private const int MaxLabelBytes = 32;

    private static readonly (string Name, string Column)[] Fields =
    [
        ("cs1", "rule"), ("cs2", "category"), ("cs3", "vsys"), ("cs4", "from"), ("cs5", "to"), ("cs6", "logset"),
        ("cn1", "sessionid"), ("cn2", "packets"), ("cn3", "elapsed"), ("flexString1", "flags"), ("flexNumber1", "bytes"),
    ];

    // In lower case and without blanks: the vendor's own texts differ in both.
    private static readonly (string Label, string Column)[] Labels =
    [
        ("rule", "rule"), ("rulename", "rule"), ("urlcategory", "category"), ("virtualsystem", "vsys"), ("virtuallocation", "vsys"),
        ("sourcezone", "from"), ("fromzone", "from"), ("destinationzone", "to"), ("tozone", "to"), ("logprofile", "logset"),
        ("logsetting", "logset"), ("logaction", "logset"), ("sessionid", "sessionid"), ("packets", "packets"), ("packetstotal", "packets"),
        ("elapsedtimeinseconds", "elapsed"), ("elapsedtime", "elapsed"), ("sessionduration", "elapsed"), ("flags", "flags"),
        ("totalbytes", "bytes"),
    ];

    private static readonly NameTable LabelNames = new([.. Labels.Select(l => Encoding.ASCII.GetBytes(l.Label))]);
    private static readonly PanosColumn[] LabelColumns = [.. Labels.Select(l => PanosColumns.Named(l.Column))];
    private static readonly PanosColumn[] Defaults = [.. Fields.Select(f => PanosColumns.Named(f.Column))];

    private Slices _values;
    private Slices _labels;

    /// <summary>The keys of the values; that of a label has <c>Label</c> behind it. The place of a name is its slot.</summary>
    public static IEnumerable<string> Names => Fields.Select(f => f.Name);

    /// <summary>Takes a value; of one key printed twice the first stands.</summary>
    public void SetValue(byte slot, TextSlice value)
    {
        if (_values[slot].Length == 0) _values[slot] = value;
    }

    /// <summary>Takes a label.</summary>
    public void SetLabel(byte slot, TextSlice label) => _labels[slot] = label;

    /// <summary>Gives every value to <paramref name="fields"/>, under the meaning of its label.</summary>
    public readonly Refusal Apply(SessionEvent into, ref PanosFields fields)
    {
        for (int slot = 0; slot < Defaults.Length; slot++)
        {
            TextSlice value = _values[slot], label = _labels[slot];
            if (value.Length == 0) continue;
            int known = label.Length == 0 ? -1 : Find(into.Bytes(label));
            if (known < 0 && label.Length > 0)
            {
                // Somebody's own use of the field.
                into.AddExtra(label, value);
                continue;
            }
            Refusal refusal = fields.Apply(known < 0 ? Defaults[slot] : LabelColumns[known], value);
            if (!refusal.Accepted) return refusal;
        }
        return default;
    }

    private static int Find(ReadOnlySpan<byte> label)
    {
        if (label.Length > MaxLabelBytes) return -1;
        Span<byte> plain = stackalloc byte[MaxLabelBytes];
        int length = 0;
        foreach (byte b in label)
        {
            if (b != ' ') plain[length++] = b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b;
        }
        return LabelNames.Find(plain[..length]);
    }

    [InlineArray(Count)]
    private struct Slices
    {
        private TextSlice _first;
    }
}
