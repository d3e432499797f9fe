namespace FlowStream.Streams;

/// <summary>
/// A question about the state of a stage's tasks while they run: an interactive query, as Kafka Streams calls it. Each thread of the stage
/// asks its own tasks between records, so nothing of a task's state is ever seen by two threads.
/// </summary>
public interface IStateQuery
{
    /// <summary>Begins with a task. Called on the task's thread; threads may call at the same time.</summary>
    /// <param name="partition">The task's input partition.</param>
    /// <param name="processor">Its processor, to be used on this thread and during this call and those of the visit only.</param>
    IStateVisit Begin(int partition, IProcessor processor);
}
