using FlowStream.Sessions.State;

namespace FlowStream.Sessions;

/// <summary>
/// The sessions that were first heard of a short time ago, to be found by what parts have in common. It costs a number per session until
/// it is asked; then each session is looked at once.
/// </summary>
internal sealed class RecentSessions
{
    /// <summary>How long ago that is, by arrival: longer than a close is late within the settle time, also when all else is late.</summary>
    public const long Span = 30_000;

    private readonly Continuations _parts;
    private readonly List<int> _found = [];
    private List<int> _older = [], _newer = [];
    private SlotIndex? _index;
    private int _indexed;
    private long _since;

    public RecentSessions(Continuations parts) => _parts = parts;

    /// <summary>Adds a session that is first heard of at <paramref name="now"/>.</summary>
    public void Add(int id, long now)
    {
        if (Math.Abs(now - _since) >= Span)
        {
            (_older, _newer) = (_newer, _older);
            _newer.Clear();
            _index = null;
            _since = now;
        }
        _newer.Add(id);
    }

    /// <summary>
    /// The sessions that began under <paramref name="hash"/>, and perhaps others: a number may have been given to another session since.
    /// </summary>
    public List<int> Of(uint hash)
    {
        if (_index is null) (_index, _indexed) = (new SlotIndex(), 0);
        for (; _indexed < _older.Count + _newer.Count; _indexed++)
        {
            int id = _indexed < _older.Count ? _older[_indexed] : _newer[_indexed - _older.Count];
            _index.Add(_parts.Hash(id), id);
        }
        _found.Clear();
        int position = _index.Home(hash);
        while (_index.Next(hash, ref position) is var id and not 0) _found.Add(id);
        return _found;
    }
}
