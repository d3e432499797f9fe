"""Produces numbered messages with kafka-python and reads them back with a consumer that is in no group.

usage: produce_consume.py BOOTSTRAP TOPIC COMPRESSION COUNT
Prints one line per message read: partition, offset, key, value.
"""
import sys

from kafka import KafkaConsumer, KafkaProducer, TopicPartition

bootstrap, topic, compression, count = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])

producer = KafkaProducer(
    bootstrap_servers=bootstrap,
    acks="all",
    compression_type=None if compression == "none" else compression,
    linger_ms=20,
)
sent = [
    producer.send(topic, key=b"key-%d" % (i % 7), value=b"value-%d" % i, headers=[("n", b"%d" % i)])
    for i in range(count)
]
producer.flush(timeout=30)
for future in sent:
    assert future.get(timeout=10).offset >= 0
producer.close(timeout=10)

consumer = KafkaConsumer(bootstrap_servers=bootstrap, auto_offset_reset="earliest", enable_auto_commit=False)
partitions = [TopicPartition(topic, p) for p in sorted(consumer.partitions_for_topic(topic))]
consumer.assign(partitions)
consumer.seek_to_beginning()
ends = consumer.end_offsets(partitions)
starts = consumer.beginning_offsets(partitions)
assert sum(ends.values()) - sum(starts.values()) == count, (starts, ends)
read = 0
while read < count:
    batch = consumer.poll(timeout_ms=10000)
    assert batch, "nothing came for 10 s after %d of %d messages" % (read, count)
    for records in batch.values():
        for record in records:
            assert record.headers == [("n", record.value[len(b"value-"):])], record
            print(record.partition, record.offset, record.key.decode(), record.value.decode())
            read += 1
consumer.close()
