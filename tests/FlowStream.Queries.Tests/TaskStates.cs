using FlowStream.Streams;
using FlowStream.Testing;

namespace FlowStream.Queries.Tests;

/// <summary>Tasks that answer questions as the threads of an instance do, but on a thread of their own choice.</summary>
internal sealed class TaskStates : IQueryableState, IDisposable
{
    private readonly SortedDictionary<int, SessionTask> _tasks = [];

    /// <summary>Partitions whose tasks cannot answer now.</summary>
    public List<int> Restoring { get; } = [];

    /// <summary>What a question is answered with instead; null for the usual.</summary>
    public Exception? Failure { get; set; }

    /// <summary>When set, completes with the first question, and none is ever answered.</summary>
    public TaskCompletionSource? Stuck { get; set; }

    public TaskStates With(int partition, params IEnumerable<string> lines)
    {
        _tasks[partition] = new SessionTask(partition).Take(lines);
        return this;
    }

    public async Task<StateQueryResult> QueryAsync(string stage, IStateQuery query, CancellationToken cancellation)
    {
        Assert.Equal("sessions", stage);
        if (Failure is not null) throw Failure;
        if (Stuck is { } stuck)
        {
            stuck.TrySetResult();
            await new TaskCompletionSource().Task.WaitAsync(cancellation);
        }
        foreach ((int partition, SessionTask task) in _tasks)
        {
            IStateVisit visit = query.Begin(partition, task.Processor);
            await Eventually.HoldsAsync(
                () =>
                {
                    cancellation.ThrowIfCancellationRequested();
                    return visit.Continue();
                },
                "the visit to end");
        }
        return new StateQueryResult([.. _tasks.Keys], Restoring);
    }

    public void Dispose()
    {
        foreach (SessionTask task in _tasks.Values) task.Dispose();
    }
}
