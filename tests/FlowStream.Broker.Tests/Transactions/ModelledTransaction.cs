namespace FlowStream.Broker.Tests.Transactions;

/// <summary>An open transaction as the model has it.</summary>
internal sealed class ModelledTransaction(DateTimeOffset started)
{
    public DateTimeOffset Started { get; } = started;

    public List<(int Partition, string Value)> Values { get; } = [];

    public (long Offset, int Order)? Offset { get; set; }
}
