using FlowStream.Schemas;
using FlowStream.Sessions.State;

namespace FlowStream.Sessions;

/// <summary>
/// What a session's application was taken for, one after the other: <c>SSL, SSL/FACEBOOK-ACCESS</c>. It is written into the extras when
/// there is more than one step; what is not identified is no step. Its length is limited, the first steps stay.
/// </summary>
internal sealed class ApplicationHistory
{
    /// <summary>Its key among the extras.</summary>
    public static readonly Utf8Text Key = Utf8Text.From("application_history");

    private const int MaxBytes = 1024;

    private readonly SessionStore _store;
    private readonly byte[] _text = new byte[MaxBytes];
    private int _length;

    /// <summary>Makes a history over the sessions of <paramref name="store"/>.</summary>
    public ApplicationHistory(SessionStore store) => _store = store;

    /// <summary>The history of <paramref name="slot"/>; valid until the next call. Empty when there is no second step.</summary>
    public ReadOnlySpan<byte> Of(in SessionSlot slot)
    {
        _length = 0;
        int steps = 0, last = 0;
        var known = default(ApplicationName);
        for (int id = slot.FirstMessage; id != 0; id = _store.Messages[id].Next)
        {
            int profile = _store.Messages[id].Profile;
            if (profile == last || profile == 0) continue;
            last = profile;
            var name = new ApplicationName(_store.Texts[profile]);
            if (!name.IsStepFrom(known)) continue;
            if (++steps == 2) Append(known);
            known = name;
            if (steps >= 2) Append(name);
        }
        return _text.AsSpan(0, _length);
    }

    private void Append(in ApplicationName name)
    {
        ReadOnlySpan<byte> separator = _length == 0 ? default : ", "u8;
        ReadOnlySpan<byte> slash = name.Application.IsEmpty || name.Nested.IsEmpty ? default : "/"u8;
        if (separator.Length + name.Application.Length + slash.Length + name.Nested.Length > MaxBytes - _length) return;
        Append(separator);
        Append(name.Application);
        Append(slash);
        Append(name.Nested);
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_text.AsSpan(_length));
        _length += text.Length;
    }
}
