using System.Text;

namespace FlowStream.Parsing.Junos;

/// <summary>Where a value of a sentence goes: to a field, or to the extras under the key that structured messages have for it.</summary>
internal readonly struct SentenceSlot
{
    private readonly FieldRule _rule;
    private readonly AbsentForms _absent;

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
        _absent = JunosExtras.FormsOf(index);
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

    /// <summary>The refusal of <paramref name="value"/>.</summary>
    public Refusal Refusal(RefusalReason reason, TextSlice value) => new(reason, value.Offset, _rule.Field);
}
