using FlowStream.Broker.Apis;

namespace FlowStream.Broker.Tests.Apis;

/// <summary>Transactions as a test declares them.</summary>
internal sealed class SetGate : ITransactionGate
{
    private readonly HashSet<(long ProducerId, short Epoch, string Topic, int Partition)> _ongoing = [];

    public void Add(long producerId, short epoch, string topic, int partition) => _ongoing.Add((producerId, epoch, topic, partition));

    public bool Contains(long producerId, short producerEpoch, string topic, int partition) =>
        _ongoing.Contains((producerId, producerEpoch, topic, partition));
}
