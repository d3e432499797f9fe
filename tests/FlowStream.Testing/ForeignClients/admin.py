"""Creates, describes, changes and deletes a topic with kafka-python's admin client.

usage: admin.py BOOTSTRAP TOPIC
Prints what it found as `name=value` lines.
"""
import sys

from kafka import KafkaConsumer
from kafka.admin import ConfigResource, ConfigResourceType, KafkaAdminClient, NewPartitions, NewTopic
from kafka.errors import TopicAlreadyExistsError, UnknownTopicOrPartitionError

bootstrap, topic = sys.argv[1], sys.argv[2]
admin = KafkaAdminClient(bootstrap_servers=bootstrap)


def configs():
    (response,) = admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, topic)])
    (resource,) = response.resources
    assert resource[0] == 0, resource
    return {entry[0]: entry[1] for entry in resource[4]}


def partitions():
    consumer = KafkaConsumer(bootstrap_servers=bootstrap)
    try:
        return len(consumer.partitions_for_topic(topic) or [])
    finally:
        consumer.close()


admin.create_topics([NewTopic(topic, num_partitions=3, replication_factor=1, topic_configs={"retention.ms": "12345"})])
print("created=%d" % partitions())
print("retention=%s" % configs()["retention.ms"])
print("cleanup=%s" % configs()["cleanup.policy"])
try:
    admin.create_topics([NewTopic(topic, num_partitions=3, replication_factor=1)])
    print("twice=created")
except TopicAlreadyExistsError:
    print("twice=refused")
admin.create_partitions({topic: NewPartitions(total_count=5)})
print("grown=%d" % partitions())
admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic, configs={"cleanup.policy": "compact"})])
print("altered=%s" % configs()["cleanup.policy"])
print("reset=%s" % configs()["retention.ms"])
admin.delete_topics([topic])
try:
    admin.delete_topics([topic])
    print("again=deleted")
except UnknownTopicOrPartitionError:
    print("again=refused")
admin.close()
