using System.Text;

namespace FlowStream.Parsing.Junos;

/// <summary>Where a value of a sentence goes: to a field, or to the extras under the key that structured messages have for it.</summary>
internal readonly struct SentenceSlot
{
    private readonly FieldRule _rule;
    private readonly byte[]? _key;
    private readonly AbsentForms _absent;

    /// <summary>The place of the values that structured messages print under <paramref name="key"/>.</summary>
    public SentenceSlot(string key)
    {
        byte[] name = Encoding.ASCII.GetBytes(key);
        int index = FieldTable.Keys.Find(name);
        if ((uint)index < (uint)FieldTable.Rules.Length) _rule = FieldTable.Rules[index];
        else _key = name;
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
        if (_key is null) return FieldReader.Read(_rule, word, into);
        if (!ValueReader.IsAbsent(into.Bytes(word), _absent)) into.AddExtra(_key, word);
        return RefusalReason.None;
    }

    /// <summary>The refusal of <paramref name="value"/>.</summary>
    public Refusal Refusal(RefusalReason reason, TextSlice value) => new(reason, value.Offset, _rule.Field);
}
