using System.Globalization;

namespace FlowStream.Streams.Tasks;

/// <summary>Names a task: its stage and the partition of the stage's input topic.</summary>
internal readonly record struct TaskId(string Stage, int Partition)
{
    /// <summary><c>stage_partition</c>, as Kafka Streams prints task ids.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Stage}_{Partition}");
}
