using FlowStream.Streams.Clients;
using FlowStream.Streams.Driver;
using FlowStream.Streams.Tasks;

namespace FlowStream.Streams.Tests;

/// <summary>The in-memory client with one <see cref="PlantedFault"/> in it.</summary>
internal sealed class FaultyClient(IKafkaClient client, PlantedFault fault, Func<InMemoryBroker> broker) : IKafkaClient
{
    public IInputConsumer CreateConsumer(string groupId, string topic, string member, bool readsHeaders) =>
        client.CreateConsumer(groupId, topic, member, readsHeaders);

    public ITransactionalProducer CreateProducer(string transactionalId) =>
        new Producer(client.CreateProducer(transactionalId), fault, broker);

    public IChangelogReader CreateChangelogReader(string name) => new Reader(client.CreateChangelogReader(name), fault, broker);

    public int? PartitionCount(string topic) => client.PartitionCount(topic);

    public void CreateTopic(string topic, int partitions, IReadOnlyDictionary<string, string> configuration) =>
        client.CreateTopic(topic, partitions, configuration);

    public void Dispose() => client.Dispose();

    private sealed class Producer(ITransactionalProducer producer, PlantedFault fault, Func<InMemoryBroker> broker) : ITransactionalProducer
    {
        public bool IsSuspect => producer.IsSuspect;

        public void InitTransactions() => producer.InitTransactions();

        public void Begin() => producer.Begin();

        public void Send(
            string topic, int partition, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, bool tombstone, long timestamp,
            IRecordHeaders? headers)
        {
            var isChangelog = topic.EndsWith(StageTopics.ChangelogSuffix, StringComparison.Ordinal);
            var isPosition = isChangelog && key[0] == ChangelogRows.PositionKind;
            if (isChangelog && !isPosition && fault == PlantedFault.SkipsStateRows) return;
            if (isPosition && fault == PlantedFault.CommitsOffsetsOutsideTheTransaction) return;
            if (!isChangelog && fault == PlantedFault.SendsOutputOutsideTheTransaction)
            {
                var target = broker().Topic(topic);
                target.Partitions[target.PartitionFor(key)].Append(key, value, timestamp, headers, producerId: -1);
                return;
            }

            producer.Send(topic, partition, key, value, tombstone, timestamp, headers);
        }

        public void SendOffsets(IInputConsumer consumer, IReadOnlyList<PartitionOffset> offsets)
        {
            if (fault == PlantedFault.CommitsOffsetsOutsideTheTransaction)
            {
                var member = (InMemoryConsumer)consumer;
                foreach (var offset in offsets) member.Group.Commit(offset.Partition, offset.Offset);
                return;
            }

            producer.SendOffsets(consumer, offsets);
        }

        public void Commit() => producer.Commit();

        public void Dispose() => producer.Dispose();
    }

    private sealed class Reader(IChangelogReader reader, PlantedFault fault, Func<InMemoryBroker> broker) : IChangelogReader
    {
        public long Position => reader.Position;

        public long HighWatermark(string topic, int partition) => fault == PlantedFault.RestoresOnlyToTheStableEnd
            ? broker().Topic(topic).Partitions[partition].LastStableOffset
            : reader.HighWatermark(topic, partition);

        public void Open(string topic, int partition, long offset) => reader.Open(topic, partition, offset);

        public bool TryRead(int timeoutMs, out ChangelogRow row) => reader.TryRead(timeoutMs, out row);

        public void Dispose() => reader.Dispose();
    }
}
