"""Reads and writes framed records with Debian's python3-avro, a reader and writer that nobody here wrote.

usage: foreign_avro.py read|write SCHEMA.avsc single|confluent SCHEMA_ID
Lines on stdin: to read, a value as hexadecimal digits; to write, a record as JSON. Lines on stdout: the other form.
"""
import datetime
import io
import json
import struct
import sys

import avro.io
import avro.schema
import avro.timezones

EMPTY = 0xC15D213AA4D7A795
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=avro.timezones.utc)


def plain(form):
    """The library leaves {"type": "long"} where a logical type was; the specification's rule PRIMITIVES says "long"."""
    if isinstance(form, dict):
        return form["type"] if set(form) == {"type"} else {key: plain(item) for key, item in form.items()}
    return [plain(item) for item in form] if isinstance(form, list) else form


def fingerprint(schema):
    """CRC-64-AVRO bit by bit, over the canonical form that the library makes."""
    value = EMPTY
    for byte in json.dumps(plain(schema.to_canonical_json()), separators=(",", ":")).encode():
        value ^= byte
        for _ in range(8):
            value = (value >> 1) ^ (EMPTY if value & 1 else 0)
    return value


def header(schema, framing, schema_id):
    if framing == "single":
        return b"\xc3\x01" + struct.pack("<Q", fingerprint(schema))
    return b"\x00" + struct.pack(">i", schema_id)


def to_json(value):
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S.") + "%03dZ" % (value.microsecond // 1000)
    if isinstance(value, dict):
        return {key: to_json(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [to_json(item) for item in value]
    return value


def from_json(schema, value):
    kind = schema.type
    if kind == "union":
        return None if value is None else from_json(schema.schemas[1], value)
    if kind == "record":
        return {field.name: from_json(field.type, value.get(field.name)) for field in schema.fields}
    if kind == "array":
        return [from_json(schema.items, item) for item in value]
    if schema.props.get("logicalType") == "timestamp-millis":
        time = datetime.datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%fZ")
        return time.replace(tzinfo=avro.timezones.utc)
    return value


def main():
    action, path, framing, schema_id = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        schema = avro.schema.parse(file.read())
    head = header(schema, framing, int(schema_id))
    for line in sys.stdin:
        if action == "read":
            value = bytes.fromhex(line.strip())
            if not value.startswith(head):
                raise SystemExit("header %s, expected %s" % (value[:10].hex(), head.hex()))
            source = io.BytesIO(value[len(head):])
            record = avro.io.DatumReader(schema).read(avro.io.BinaryDecoder(source))
            if source.read():
                raise SystemExit("bytes follow the record")
            print(json.dumps(to_json(record)))
        else:
            out = io.BytesIO()
            avro.io.DatumWriter(schema).write(from_json(schema, json.loads(line)), avro.io.BinaryEncoder(out))
            print((head + out.getvalue()).hex())


main()
