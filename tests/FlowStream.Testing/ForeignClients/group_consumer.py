"""Reads a topic as a member of a group with kafka-python, commits, and says what it has.

usage: group_consumer.py BOOTSTRAP TOPIC GROUP COUNT
Prints "assigned P P ..." once it has partitions, one line per message read, and "committed N" with the sum of its committed offsets.
"""
import sys

from kafka import KafkaConsumer

bootstrap, topic, group, count = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
consumer = KafkaConsumer(
    topic,
    bootstrap_servers=bootstrap,
    group_id=group,
    auto_offset_reset="earliest",
    enable_auto_commit=False,
    session_timeout_ms=6000,
    heartbeat_interval_ms=500,
)
read = 0
announced = False
while read < count:
    batch = consumer.poll(timeout_ms=20000)
    if not announced and consumer.assignment():
        announced = True
        print("assigned", *sorted(p.partition for p in consumer.assignment()), flush=True)
    assert batch, "nothing came after %d of %d messages" % (read, count)
    for records in batch.values():
        for record in records:
            print(record.partition, record.offset, record.value.decode(), flush=True)
            read += 1
consumer.commit()
print("committed", sum(consumer.committed(p) or 0 for p in consumer.assignment()), flush=True)
consumer.close()
