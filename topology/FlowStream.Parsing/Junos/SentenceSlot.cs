using System.Runtime.CompilerServices;
using System.Text;

namespace FlowStream.Parsing.Junos;

/// <summary>Where a value of a sentence goes: to a field, or to the extras under the key that structured messages have for it.</summary>
internal readonly struct SentenceSlot
{
    private readonly FieldRule _rule;
    private readonly AbsentForms _absent;

    private readonly ulong _maximum;

    // The number among JunosExtras, or below zero for a field.
    private readonly short _extra;

    /// <summary>The place of the values that structured messages print under <paramref name="key"/>.</summary>
    /// <exception cref="ArgumentException">There is no such key.</exception>
    public SentenceSlot(string key)
    {
        int index = FieldTable.Keys.Find(Encoding.ASCII.GetBytes(key));
        if (index < 0) throw new ArgumentException($"Key {key} is not listed.", nameof(key));
        _extra = (short)(index - FieldTable.Rules.Length);
        if (_extra < 0) _rule = FieldTable.Rules[index];
        _absent = _extra < 0 ? _rule.Absent : JunosExtras.FormsOf(index);
        _maximum = FieldReader.MaximumOf(_rule.Kind);
        Key = key;
    }

    /// <summary>The key.</summary>
    public string Key { get; }

    /// <summary>Puts <paramref name="value"/> there, without the blanks around it.</summary>
    public Refusal Put(TextSlice value, SessionEvent into)
    {
        value = ValueReader.Trim(into.Message, value);
        RefusalReason reason = PutWord(value, into);
        return reason == RefusalReason.None ? default : Refusal(reason, value);
    }

    /// <summary>Puts <paramref name="word"/>, which has no blanks, there.</summary>
    public RefusalReason PutWord(TextSlice word, SessionEvent into)
    {
        if (_extra < 0) return FieldReader.Read(_rule, word, into);
        if (!ValueReader.IsAbsent(into.Bytes(word), _absent)) into.AddExtra(_extra, word);
        return RefusalReason.None;
    }

    /// <summary>The field, or null for an extra.</summary>
    public FieldRule? Rule => _extra < 0 ? _rule : null;

    /// <summary>Puts <paramref name="value"/>, without blanks around it, into the text or extra, which has no value yet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PutText(TextSlice value, SessionEvent into)
    {
        if (IsAbsent(value, into)) return;
        if (_extra < 0) into.SetText(_rule.Field, value);
        else into.AddExtra(_extra, value);
    }

    /// <summary>Puts <paramref name="value"/> into the number, which has no value yet, or the extra.</summary>
    /// <returns>False when it is not a number of up to 16 digits that the field can hold.</returns>
    public bool TryPutNumber(TextSlice value, SessionEvent into)
    {
        if (_extra >= 0)
        {
            PutText(value, into);
            return true;
        }
        if (!DecimalDigits.TryRead(into.Message, value, out ulong number) || number > _maximum) return false;
        into.SetNumber(_rule.Field, value, (long)number);
        return true;
    }

    /// <summary>The same for what has to be digits also in an extra.</summary>
    public bool TryPutDigits(TextSlice value, SessionEvent into) =>
        (_extra < 0 || DecimalDigits.IsNumber(into.Message, value)) && TryPutNumber(value, into);

    /// <summary>Puts <paramref name="value"/> into the address, which has no value yet, or the extra.</summary>
    /// <returns>False when it is no address.</returns>
    public bool TryPutAddress(TextSlice value, SessionEvent into)
    {
        if (_extra >= 0)
        {
            PutText(value, into);
            return true;
        }
        return IsAbsent(value, into) || FieldReader.PutAddress(_rule.Field, value, into) == RefusalReason.None;
    }

    /// <summary>The refusal of <paramref name="value"/>.</summary>
    public Refusal Refusal(RefusalReason reason, TextSlice value) => new(reason, value.Offset, _rule.Field);

    // The first byte, which may be read also where the value is empty, tells nearly all values apart from those forms.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsAbsent(TextSlice value, SessionEvent into)
    {
        ref byte text = ref Unsafe.Add(ref into.FirstByte, value.Offset);
        return value.Length == 0 || ((AbsentTexts.BeginningWith(text) & _absent) != 0 && AbsentTexts.Hold(ref text, value.Length, _absent));
    }
}
