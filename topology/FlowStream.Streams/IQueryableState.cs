namespace FlowStream.Streams;

/// <summary>State of running stages that can be asked.</summary>
public interface IQueryableState
{
    /// <summary>Asks every task of a stage that this process runs.</summary>
    /// <param name="stage">Name of the stage.</param>
    /// <param name="query">What to ask.</param>
    /// <param name="cancellation">Gives up; the threads then drop what is left of the question.</param>
    /// <returns>Which tasks have answered, when all have been asked.</returns>
    /// <exception cref="StateQueryRefusedException">Too many questions wait already, or the stage does not run here.</exception>
    /// <exception cref="OperationCanceledException">Given up.</exception>
    Task<StateQueryResult> QueryAsync(string stage, IStateQuery query, CancellationToken cancellation);
}
