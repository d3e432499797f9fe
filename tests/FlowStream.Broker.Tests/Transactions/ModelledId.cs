using FlowStream.Broker.Transactions;

namespace FlowStream.Broker.Tests.Transactions;

/// <summary>A transactional id as the model has it.</summary>
internal sealed class ModelledId(string name)
{
    public string Name { get; } = name;

    public List<ProducerIdentity> Producers { get; } = [];

    public int[] Sequences { get; set; } = [0, 0];

    public ModelledTransaction? Open { get; set; }

    public bool IsFenced { get; set; }

    public bool IsHeldBy(ProducerIdentity producer) => Producers.Count > 0 && producer == Producers[^1] && !IsFenced;
}
