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
        if (_key is null) return FieldReader.Apply(_rule, value, into);
        if (!ValueReader.IsAbsent(into.Bytes(value), _absent)) into.AddExtra(_key, value);
        return default;
    }
}
