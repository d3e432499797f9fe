using FlowStream.Schemas;
using FlowStream.Sessions.State;

namespace FlowStream.Sessions.Table;

/// <summary>
/// A look through the sessions of one task, in steps, so that the task's own work goes on in between. It changes nothing and is used on
/// the task's thread. Each session is shown as it stands when it is reached: one that begins or ends meanwhile may be seen or not, and none
/// is seen twice.
/// </summary>
public sealed class SessionScan
{
    private readonly SessionStore _store;
    private readonly SessionFilter _filter;
    private readonly SessionFold _fold;
    private int _at;
    private SessionSlot _slot;
    private SessionEnd? _end;
    private bool _isFolded;

    internal SessionScan(SessionStore store, SessionFilter filter, SessionOptions options)
    {
        _store = store;
        _filter = filter;
        _fold = new SessionFold(store, options.MaxMessages);
    }

    /// <summary>
    /// How many slots take a quarter of a millisecond to look at: one costs 30 ns, and 2 us where the filter asks for texts, for which a
    /// session's messages are put together.
    /// </summary>
    public int SlotsPerStep => _filter.AsksForTexts ? 128 : 8192;

    /// <summary>State of the session that was found.</summary>
    public SessionState State { get; private set; }

    /// <summary>Its best known start, Unix milliseconds.</summary>
    public long StartTime => _slot.Start.Time;

    /// <summary>Its IP protocol.</summary>
    public byte Protocol => _slot.Tuple.Protocol;

    /// <summary>Time of the message that says how it ended; while it is open, of its last message. Unix milliseconds.</summary>
    public long LastTime => End.Time;

    /// <summary>
    /// What its final record would hold if nothing more came; of a session that is open, the end is what would be inferred. Valid until the
    /// next call of <see cref="Next"/> and of the join.
    /// </summary>
    public CompletedSession Record
    {
        get
        {
            if (!_isFolded) _fold.Fold(_slot, End);
            _isFolded = true;
            return _fold.Record;
        }
    }

    // Its messages are most likely cold: they are looked at only when somebody asks.
    private SessionEnd End => _end ??= SessionEnd.Of(_store.Messages, _slot);

    /// <summary>Goes on to the next session that passes the filter.</summary>
    /// <param name="budget">Most slots to look at; what was used is taken off.</param>
    /// <returns>Whether one was found, the budget is used up, or there are no more.</returns>
    public ScanStep Next(ref int budget)
    {
        while (_at < _store.Slots.High)
        {
            if (budget <= 0) return ScanStep.Paused;
            budget--;
            _at++;
            if (IsWanted(_at)) return ScanStep.Found;
        }
        return ScanStep.Ended;
    }

    private bool IsWanted(int id)
    {
        ref SessionSlot slot = ref _store.Slots[id];
        if (slot.Phase == SessionPhase.Free || !_filter.Matches(slot.Tuple)) return false;
        if (slot.Phase == SessionPhase.Final && !_filter.Remembered) return false;
        if (!_filter.MatchesDevice(_store.Texts[slot.Device])) return false;
        State = slot.Phase switch
        {
            SessionPhase.Final => SessionState.Final,
            SessionPhase.Closing => SessionState.Closing,
            _ => SessionState.Open,
        };
        _slot = slot;
        // The key of a session that is not final is the one that it would have now.
        if (slot.Phase != SessionPhase.Final) _slot.KeyStart = slot.Start.Time;
        _end = null;
        _isFolded = false;
        return !_filter.AsksForTexts || _filter.Matches(Record);
    }
}
