namespace FlowStream.Sessions;

/// <summary>What a <see cref="SessionJoin"/> has done since it was made. Read on the join's own thread.</summary>
public sealed class SessionCounters
{
    private readonly long[] _ends = new long[EndReasons.All.Count];

    internal SessionCounters(ulong hashSeed) => Devices = new DeviceAccounts(hashSeed);

    /// <summary>What became of the sessions of each device.</summary>
    public DeviceAccounts Devices { get; }

    /// <summary>Messages taken, denials included.</summary>
    public long Messages { get; internal set; }

    /// <summary>Messages that were read and say nothing that a session's record holds: path measurements, repeated lines.</summary>
    public long NotJoined { get; internal set; }

    /// <summary>Lines that syslog daemons left out and said so (<c>last message repeated N times</c>): the sum of N.</summary>
    public long RepeatedLines { get; internal set; }

    /// <summary>Sessions begun.</summary>
    public long Begun { get; internal set; }

    /// <summary>Final records of revision 0.</summary>
    public long Finals { get; internal set; }

    /// <summary>Corrected records: revision 1 and above.</summary>
    public long Revisions { get; internal set; }

    /// <summary>Denials.</summary>
    public long Denials { get; internal set; }

    /// <summary>Messages that said nothing new: the same message again.</summary>
    public long Duplicates { get; internal set; }

    /// <summary>Volume messages older than every observation kept.</summary>
    public long OldEvents { get; internal set; }

    /// <summary>Volume messages with a total below that of an earlier time.</summary>
    public long CounterFaults { get; internal set; }

    /// <summary>Messages whose device time was missing or further off than <see cref="SessionOptions.MaxSkew"/>.</summary>
    public long SubstitutedTimes { get; internal set; }

    /// <summary>Close messages whose reason is not in <see cref="EndReasons"/>.</summary>
    public UnlistedTexts UnlistedReasons { get; } = new();

    /// <summary>Extra keys beyond <see cref="SessionOptions.MaxExtras"/> or <see cref="SessionOptions.MaxExtraBytes"/>, left out.</summary>
    public long ExtrasDropped { get; internal set; }

    /// <summary>Text values cut to <see cref="SessionOptions.MaxTextBytes"/>.</summary>
    public long TextsCut { get; internal set; }

    /// <summary>Sessions ended early because of <see cref="SessionOptions.MaxInstances"/>.</summary>
    public long InstancesEvicted { get; internal set; }

    /// <summary>Final records of revision 0 that ended for <paramref name="reason"/>.</summary>
    public long EndedBy(EndReason reason) => _ends[(int)reason];

    internal void CountEnd(EndReason reason)
    {
        Finals++;
        _ends[(int)reason]++;
    }
}
