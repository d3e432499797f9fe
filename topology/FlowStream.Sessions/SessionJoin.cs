using System.Buffers;
using FlowStream.Parsing;
using FlowStream.Sessions.State;
using FlowStream.Sessions.Table;

namespace FlowStream.Sessions;

/// <summary>
/// Joins the messages about sessions into final records, corrections of them, volume deltas and counts. One per task, used from one
/// thread. Its outputs are a function of the messages, the record timestamps and the times passed in; it reads no clock.
/// </summary>
/// <remarks>
/// A session is the ordered list of its messages, see <c>docs/sessions.md</c>: everything said about it is computed from that list, so
/// messages that arrive before the final record may come in any order and more than once. Nothing is allocated per message once the pages,
/// tables and buffers have grown to the number of sessions held.
/// </remarks>
public sealed class SessionJoin
{
    /// <summary>Messages that <see cref="Foresee"/> looks at together: their lines still fit the cache nearest to the core.</summary>
    public const int MaxForeseen = 16;

    private readonly SessionOptions _options;
    private readonly DeviceNames _names;
    private readonly long _maxSkewMs;
    private readonly ulong _hashSeed;
    private SessionLife _life;

    /// <summary>Makes an empty join.</summary>
    /// <param name="options">How to join.</param>
    /// <param name="hashSeed">
    /// Secret of the hash tables in memory, so that no sender can choose sessions that collide. Outputs, rows and snapshots do not depend
    /// on it: a state may be restored under another one.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public SessionJoin(SessionOptions options, ulong hashSeed)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _maxSkewMs = (long)options.MaxSkew.TotalMilliseconds;
        _hashSeed = hashSeed;
        _names = new DeviceNames(options);
        Counters = new SessionCounters(hashSeed);
        _life = new SessionLife(options, hashSeed, Counters);
    }

    /// <summary>What was done and what is held.</summary>
    public SessionCounters Counters { get; }

    /// <summary>Time as of the last <see cref="AdvanceTime"/>, Unix milliseconds; 0 before the first.</summary>
    public long StreamTime => _life.StreamTime;

    /// <summary>Sessions that have no final record yet.</summary>
    public int OpenSessions => _life.Store.CountOf(SessionPhase.Open) + _life.Store.CountOf(SessionPhase.Closing);

    /// <summary>Sessions that have a final record and are remembered.</summary>
    public int RememberedSessions => _life.Store.CountOf(SessionPhase.Final);

    /// <summary>A lower bound of the time at which something is due; <see cref="long.MaxValue"/> when nothing is.</summary>
    public long NextTimer => _life.Store.Timers.NextDeadline;

    /// <summary>Bytes of memory held by the state.</summary>
    public long MemoryBytes => _life.Store.MemoryBytes;

    /// <summary>
    /// Says which messages come next, at most <see cref="MaxForeseen"/>: what they touch is fetched from memory for all of them together.
    /// It changes no result, and they may stay away.
    /// </summary>
    public void Foresee(ReadOnlySpan<SessionEvent> messages) => _life.Foresight.Prepare(messages, _names);

    /// <summary>The sessions.</summary>
    internal SessionStore Store => _life.Store;

    /// <summary>Takes one message.</summary>
    /// <param name="e">The message; not kept.</param>
    /// <param name="recordTimestamp">When it was received, Unix milliseconds.</param>
    /// <param name="senderFallback">The device's name when the message holds none: its sender's address.</param>
    /// <param name="output">Where results go.</param>
    public void Apply<TOut>(SessionEvent e, long recordTimestamp, ReadOnlySpan<byte> senderFallback, TOut output)
        where TOut : ISessionOutput
    {
        ArgumentNullException.ThrowIfNull(e);
        Counters.Messages++;
        recordTimestamp = Math.Clamp(recordTimestamp, 0, TimingWheel.MaxTime / 2);
        EventTime time = EventTime.Resolve(e.Time, e.WrittenAfter, recordTimestamp, _maxSkewMs);
        if (time.Substituted) Counters.SubstitutedTimes++;
        ReadOnlySpan<byte> device = _names.Of(e, senderFallback);
        switch (e.Kind)
        {
            case EventKind.Deny:
                _life.Deny(e, device, time, output);
                break;
            case EventKind.Create or EventKind.Close or EventKind.VolumeUpdate or EventKind.RouteUpdate or EventKind.NexthopChange
                or EventKind.AppUpdate:
                _life.Join(e, device, time, recordTimestamp, output);
                break;
            case EventKind.Start:
                _life.Join(e, device, PanosStart.Align(e, time), recordTimestamp, output);
                break;
            case EventKind.PathSelected or EventKind.SlaReport or EventKind.SlaViolation when IsAboutSession(e.Tag):
                _life.Join(e, device, time, recordTimestamp, output);
                break;
            case EventKind.None:
                throw new ArgumentException("The event holds no message.", nameof(e));
            default:
                Counters.NotJoined++;
                if (e.Tag == EventTag.LastMessageRepeated) Counters.RepeatedLines += e.Number(Field.RepeatCount);
                break;
        }
    }

    // The other messages of AppQoE are about a path and whatever uses it.
    private static bool IsAboutSession(EventTag tag) => tag is EventTag.AppQoeBestPathSelected or EventTag.AppQoePassiveSlaMetricReport
        or EventTag.AppQoeSlaMetricViolation;

    /// <summary>
    /// Moves time on and does what is due: final records, and forgetting them. An earlier time than before changes nothing.
    /// </summary>
    /// <param name="streamTime">Unix milliseconds.</param>
    /// <param name="output">Where results go.</param>
    public void AdvanceTime<TOut>(long streamTime, TOut output)
        where TOut : ISessionOutput
    {
        _life.AdvanceTime(streamTime, output);
    }

    /// <summary>
    /// Begins a look through the sessions that <paramref name="filter"/> lets pass, on the join's thread. It ends with this state: after
    /// <see cref="ReadSnapshot"/> it sees nothing of the new one.
    /// </summary>
    public SessionScan Scan(SessionFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return new SessionScan(_life.Store, filter, _options);
    }

    /// <summary>Writes the rows that changed since the last call and outlive it.</summary>
    public void CollectChanges(IStateWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _life.Persistence.Collect(writer, _life.StreamTime);
    }

    /// <summary>Takes a row that <see cref="CollectChanges"/> wrote, in the order of writing; an empty value is a tombstone.</summary>
    /// <remarks>What time alone changed has no row: the next message or time lets it happen again, without results.</remarks>
    /// <exception cref="InvalidDataException">The row is damaged or of another version.</exception>
    public void RestoreRow(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        _life.RestoreRow(key, value);
    }

    /// <summary>Writes the whole state as of the last <see cref="CollectChanges"/>.</summary>
    public void WriteSnapshot(IBufferWriter<byte> snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        _life.Persistence.WriteSnapshot(snapshot, _life.StreamTime);
    }

    /// <summary>Replaces the state by one that <see cref="WriteSnapshot"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is damaged or of another version; the join is then empty.</exception>
    public void ReadSnapshot(ReadOnlySpan<byte> snapshot)
    {
        var restored = new SessionLife(_options, _hashSeed, Counters);
        _life = restored;
        Counters.Devices.GiveUp();
        try
        {
            restored.ReadSnapshot(snapshot);
        }
        catch (InvalidDataException)
        {
            _life = new SessionLife(_options, _hashSeed, Counters);
            throw;
        }
    }
}
