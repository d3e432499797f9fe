using System.Diagnostics;
using FlowStream.Parsing;

namespace FlowStream.Benchmarks.Sessions;

/// <summary>A join that holds a number of open sessions, and what it takes to go on.</summary>
internal sealed class SessionLoad
{
    // As many as the session stage joins together.
    private const int Batch = FlowStream.Sessions.SessionJoin.MaxForeseen;
    private const int Collections = 7;
    private const int CommitMessages = 10_000 / Batch * Batch;

    private readonly IMeasuredJoin _join;
    private readonly SessionTraffic _traffic;
    private readonly SessionEvent[] _events = [.. Enumerable.Range(0, Batch).Select(_ => new SessionEvent())];
    private long _now = SessionTraffic.Begin;

    private SessionLoad(IMeasuredJoin join, int sessions)
    {
        _join = join;
        _traffic = new SessionTraffic(sessions);
        Sessions = sessions;
    }

    /// <summary>Sessions held open.</summary>
    public int Sessions { get; }

    /// <summary>Growth of the process's memory for each of them, in bytes, after a collection; of few sessions it says little.</summary>
    public double ProcessBytesPerSession { get; private set; }

    /// <summary>Opens the sessions: each is a create, and an update for every second one.</summary>
    public static SessionLoad Of(IMeasuredJoin join, int sessions)
    {
        var load = new SessionLoad(join, sessions);
        long before = ProcessMemory();
        load.OpenAll();
        load.ProcessBytesPerSession = (ProcessMemory() - before) / (double)sessions;
        return load;
    }

    /// <summary>Messages joined per second of the thread's CPU time; parsing them and commits are not counted.</summary>
    public double MessagesPerSecond(int messages)
    {
        TimeSpan joining = default;
        for (int done = 0; done < messages; done += Batch)
        {
            for (int i = 0; i < Batch; i++) _traffic.Next(_now, _events[i]);
            joining += Apply(_events);
            if (done % CommitMessages == 0) _join.Commit();
        }
        return messages / joining.TotalSeconds;
    }

    /// <summary>
    /// How long a collection of all generations stops the process: the shortest of a few, because the others waited for a core as well.
    /// </summary>
    public static TimeSpan CollectionPause()
    {
        var shortest = TimeSpan.MaxValue;
        for (int i = 0; i < Collections; i++)
        {
            long began = Stopwatch.GetTimestamp();
            GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: false);
            TimeSpan pause = Stopwatch.GetElapsedTime(began);
            if (pause < shortest) shortest = pause;
        }
        return shortest;
    }

    private void OpenAll()
    {
        int filled = 0;
        for (int i = 0; i < Sessions; i++)
        {
            if (i % CommitMessages == 0) _join.Commit();
            _traffic.Open(i, _now, _events[filled++]);
            if (filled == Batch) filled = Take(filled);
            if (i % 2 == 0) continue;
            _traffic.Update(i - 1, _now, _events[filled++]);
            if (filled == Batch) filled = Take(filled);
        }
        Take(filled);
        _join.Commit();
        if (_join.OpenSessions != Sessions) throw new InvalidDataException($"{_join.OpenSessions} sessions are open, not {Sessions}.");
    }

    private int Take(int count)
    {
        Apply(_events.AsSpan(0, count));
        return 0;
    }

    private TimeSpan Apply(ReadOnlySpan<SessionEvent> messages)
    {
        TimeSpan began = ThreadCpuTime.Now;
        _join.Apply(messages, _now);
        TimeSpan took = ThreadCpuTime.Now - began;
        _now++;
        return took;
    }

    private static long ProcessMemory()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Environment.WorkingSet;
    }
}
