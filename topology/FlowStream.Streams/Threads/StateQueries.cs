using System.Collections.Concurrent;

namespace FlowStream.Streams.Threads;

/// <summary>
/// The questions that wait for one thread, and those it is answering. Anyone may add one; the thread takes them up between polls, one step
/// of each in a turn, so a long answer costs its records little. It outlives the thread's restarts.
/// </summary>
internal sealed class StateQueries
{
    /// <summary>Most questions at a time: each holds a buffer or two, and people and dashboards ask a few.</summary>
    public const int MaxQueries = 16;

    private readonly ConcurrentQueue<ThreadQuery> _new = new();
    private readonly List<ThreadQuery> _open = [];
    private int _count;

    /// <summary>Whether there is any. Cheap: looked at in every turn.</summary>
    public bool Any => Volatile.Read(ref _count) != 0;

    /// <summary>Asks the thread's tasks.</summary>
    /// <exception cref="StateQueryRefusedException">Too many wait already.</exception>
    public Task<StateQueryResult> QueryAsync(IStateQuery query, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _count) > MaxQueries)
        {
            Interlocked.Decrement(ref _count);
            throw new StateQueryRefusedException($"{MaxQueries} questions are being answered; ask again later.");
        }

        var asked = new ThreadQuery(query, cancellation);
        _new.Enqueue(asked);
        return asked.Answer;
    }

    /// <summary>One step of each question, on the thread.</summary>
    public void Continue(TaskSet tasks)
    {
        if (!Any) return;
        while (_new.TryDequeue(out var asked)) _open.Add(asked);
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            if (!_open[i].Continue(tasks)) continue;
            _open.RemoveAt(i);
            Interlocked.Decrement(ref _count);
        }
    }
}
