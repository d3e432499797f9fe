using FlowStream.Streams.Tasks;

namespace FlowStream.Streams.Threads;

/// <summary>A question on its way through the tasks of one thread.</summary>
internal sealed class ThreadQuery
{
    private readonly TaskCompletionSource<StateQueryResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IStateQuery _query;
    private readonly CancellationToken _cancellation;
    private readonly List<int> _answered = [];
    private readonly List<int> _missed = [];
    private Queue<StreamTask>? _left;
    private StreamTask? _task;
    private IProcessor? _processor;
    private IStateVisit? _visit;

    public ThreadQuery(IStateQuery query, CancellationToken cancellation)
    {
        _query = query;
        _cancellation = cancellation;
    }

    /// <summary>Completes when every task has been asked.</summary>
    public Task<StateQueryResult> Answer => _answer.Task;

    /// <summary>Goes on for a step; returns true when the question is done with, one way or the other.</summary>
    public bool Continue(TaskSet tasks)
    {
        if (_cancellation.IsCancellationRequested)
        {
            _answer.TrySetCanceled(_cancellation);
            return true;
        }

        try
        {
            _left ??= new Queue<StreamTask>(tasks.All);
            if (!Step(tasks)) return false;
            _answer.TrySetResult(new StateQueryResult(_answered, _missed));
            return true;
        }
#pragma warning disable CA1031 // A question that fails is the asker's, and must not end the thread.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _answer.TrySetException(e);
            return true;
        }
    }

    // A visit sees one state: when the task was taken away or its state dropped in between, what it has seen is not the whole.
    private bool Step(TaskSet tasks)
    {
        if (_task is null && !_left!.TryDequeue(out _task)) return true;
        var partition = _task!.Id.Partition;
        var isThere = tasks.Find(partition) == _task && _task.State == TaskState.Running;
        if (isThere && _visit is null) (_processor, _visit) = (_task.Processor, _query.Begin(partition, _task.Processor));
        isThere = isThere && _task.Processor == _processor;
        if (isThere && !_visit!.Continue()) return false;
        (isThere ? _answered : _missed).Add(partition);
        (_task, _processor, _visit) = (null, null, null);
        return _left!.Count == 0;
    }
}
