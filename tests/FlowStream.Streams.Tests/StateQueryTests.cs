using System.Collections.Concurrent;
using FlowStream.Streams.Tasks;
using FlowStream.Streams.Threads;
using FlowStream.Testing;

namespace FlowStream.Streams.Tests;

/// <summary>Questions about the state of running tasks.</summary>
public sealed class StateQueryTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Every_task_is_asked_on_its_own_thread_while_records_go_on()
    {
        await using var cluster = await SumCluster.StartAsync();
        var application = cluster.StartInstance("a", options => options with { Threads = 2 });
        using var patience = new CancellationTokenSource(Patience);
        // While the second thread joins, a task may be with neither: both threads have theirs before the question counts.
        await Eventually.HoldsAsync(
            async () =>
            {
                if (application.State != StreamsState.Running) return false;
                var look = new Steps(stepsPerTask: 1);
                var found = await application.QueryAsync(cluster.Stage.Name, look, patience.Token);
                return found.Answered.Count == 4 && look.Threads.Values.SelectMany(threads => threads).Distinct().Count() == 2;
            },
            "two threads with all four tasks between them");
        var steps = new Steps(stepsPerTask: 50);
        var asked = application.QueryAsync(cluster.Stage.Name, steps, patience.Token);
        cluster.Send(2000);
        var answer = await asked;
        Assert.Equal([0, 1, 2, 3], answer.Answered);
        Assert.Empty(answer.Missed);
        Assert.All(steps.Threads.Values, threads => Assert.Single(threads.Distinct()));
        Assert.All(steps.Threads.Values, threads => Assert.Equal(51, threads.Count));
        cluster.AssertExactlyOnce();
    }

    [Fact]
    public async Task A_question_that_fails_is_the_askers_alone()
    {
        await using var cluster = await SumCluster.StartAsync(partitions: 1);
        var application = cluster.StartInstance("a");
        SumCluster.WaitFor(StreamsState.Running, application);
        using var patience = new CancellationTokenSource(Patience);
        var failing = new Steps(stepsPerTask: 3) { Failure = new InvalidDataException("a fault of the question") };
        await Assert.ThrowsAsync<InvalidDataException>(() => application.QueryAsync(cluster.Stage.Name, failing, patience.Token));
        cluster.Send(500);
        cluster.AssertExactlyOnce();
        Assert.Equal([0], (await application.QueryAsync(cluster.Stage.Name, new Steps(1), patience.Token)).Answered);
    }

    [Fact]
    public async Task What_does_not_run_is_not_asked()
    {
        await using var cluster = await SumCluster.StartAsync(partitions: 1);
        var application = cluster.StartInstance("a");
        SumCluster.WaitFor(StreamsState.Running, application);
        await Assert.ThrowsAsync<StateQueryRefusedException>(() => application.QueryAsync("another", new Steps(1), default));
        Assert.True(application.Stop(Patience));
        await Assert.ThrowsAsync<StateQueryRefusedException>(() => application.QueryAsync(cluster.Stage.Name, new Steps(1), default));
    }

    [Fact]
    public async Task Questions_beyond_the_bound_are_refused_and_those_given_up_make_room()
    {
        var queries = new StateQueries();
        using var giveUp = new CancellationTokenSource();
        List<Task<StateQueryResult>> waiting = [];
        for (var i = 0; i < StateQueries.MaxQueries; i++) waiting.Add(queries.QueryAsync(new Steps(1), giveUp.Token));
        await Assert.ThrowsAsync<StateQueryRefusedException>(() => queries.QueryAsync(new Steps(1), default));
        await giveUp.CancelAsync();
        queries.Continue(new TaskSet());
        foreach (var question in waiting) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => question);
        Assert.False(queries.Any);
        var next = queries.QueryAsync(new Steps(1), default);
        queries.Continue(new TaskSet());
        Assert.Empty((await next).Answered);
    }

    [Fact]
    public async Task A_task_that_is_restored_or_leaves_or_loses_its_state_in_between_is_missed()
    {
        var queries = new StateQueries();
        var tasks = new TaskSet();
        StreamTask[] all = [.. Enumerable.Range(0, 4).Select(partition => new StreamTask(SumProcessor.Stage(), partition))];
        foreach (var task in all) tasks.Add(task);
        foreach (var task in all.Take(3)) task.State = TaskState.Running;
        var asked = queries.QueryAsync(new Steps(stepsPerTask: 2), default);
        queries.Continue(tasks);
        all[0].Reset();
        all[0].State = TaskState.Running;
        tasks.Remove(1);
        while (!asked.IsCompleted) queries.Continue(tasks);
        var answer = await asked;
        Assert.Equal([2], answer.Answered);
        Assert.Equal([0, 1, 3], answer.Missed);
    }

    /// <summary>Counts its steps and the threads that they are made on.</summary>
    private sealed class Steps(int stepsPerTask) : IStateQuery
    {
        public ConcurrentDictionary<int, List<int>> Threads { get; } = [];

        public Exception? Failure { get; init; }

        public IStateVisit Begin(int partition, IProcessor processor)
        {
            Assert.IsType<SumProcessor>(processor);
            return new Visit(this, Threads.GetOrAdd(partition, _ => [Environment.CurrentManagedThreadId]));
        }

        private sealed class Visit(Steps steps, List<int> threads) : IStateVisit
        {
            public bool Continue()
            {
                threads.Add(Environment.CurrentManagedThreadId);
                if (steps.Failure is { } failure) throw failure;
                return threads.Count > steps.Count;
            }
        }

        private int Count => stepsPerTask;
    }
}
