using System.Text;

namespace FlowStream.Parsing.Junos;

/// <summary>Where a value of a sentence goes: to a field, or to the extras under the key that structured messages have for it.</summary>
internal readonly struct SentenceSlot
{
    private readonly FieldRule _rule;
    private readonly byte[]? _key;

    /// <summary>The place of the values that structured messages print under <paramref name="key"/>.</summary>
    public SentenceSlot(string key)
    {
        byte[] name = Encoding.ASCII.GetBytes(key);
        int index = FieldTable.Keys.Find(name);
        if (index >= 0) _rule = FieldTable.Rules[index];
        else _key = name;
        Key = key;
    }

    /// <summary>The key.</summary>
    public string Key { get; }

    /// <summary>Puts <paramref name="value"/> there, without the blanks around it.</summary>
    public Refusal Put(TextSlice value, SessionEvent into)
    {
        value = ValueReader.Trim(into.Message, value);
        if (_key is null) return FieldReader.Apply(_rule, value, into);
        if (!ValueReader.IsAbsent(into.Bytes(value), FieldTable.ExtraAbsent)) into.AddExtra(_key, value);
        return default;
    }
}
