namespace FlowStream.Broker.Log;

/// <summary>
/// Walks the records of one batch, uncompressed, without trusting a single length. Stops with <see cref="IsMalformed"/> when the bytes are
/// not exactly the number of records that the header promises.
/// </summary>
internal ref struct RecordIterator(RecordBatchView batch, ReadOnlySpan<byte> records)
{
    private readonly RecordBatchView _batch = batch;
    private readonly ReadOnlySpan<byte> _records = records;
    private readonly long _baseTimestamp = batch.BaseTimestamp;
    private readonly int _count = batch.RecordCount;
    private int _read;
    private int _next;
    private int _fieldsAfterTimestamp;
    private int _keyStart;
    private int _keyLength;
    private int _valueStart;
    private int _valueLength;
    private int _headersStart;
    private long _timestampDelta;

    /// <summary>The bytes do not hold the promised records.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>Offset of the current record minus the batch's base offset.</summary>
    public int OffsetDelta { get; private set; }

    /// <summary>The current record has no key.</summary>
    public readonly bool KeyIsNull => _keyLength < 0;

    /// <summary>The current record has no value.</summary>
    public readonly bool ValueIsNull => _valueLength < 0;

    /// <summary>The current record's key; empty when null.</summary>
    public readonly ReadOnlySpan<byte> Key => _keyLength <= 0 ? [] : _records.Slice(_keyStart, _keyLength);

    /// <summary>The current record's offset.</summary>
    public readonly long Offset => _batch.BaseOffset + OffsetDelta;

    /// <summary>The current record's time less the batch's base timestamp.</summary>
    public readonly long TimestampDelta => _timestampDelta;

    /// <summary>The current record's time in Unix milliseconds.</summary>
    public readonly long Timestamp => _batch.IsLogAppendTime ? _batch.MaxTimestamp : _baseTimestamp + _timestampDelta;

    /// <summary>The current record from its offset delta on, as encoded: what a new base timestamp does not change.</summary>
    public readonly ReadOnlySpan<byte> EncodedAfterTimestamp => _records[_fieldsAfterTimestamp.._next];

    /// <summary>The current record.</summary>
    public readonly LogRecord Current => new()
    {
        Offset = Offset,
        Timestamp = Timestamp,
        Key = Key,
        KeyIsNull = KeyIsNull,
        Value = _valueLength <= 0 ? [] : _records.Slice(_valueStart, _valueLength),
        ValueIsNull = ValueIsNull,
        Headers = _records[_headersStart.._next],
        IsControl = _batch.IsControl,
        IsTransactional = _batch.IsTransactional,
        ProducerId = _batch.ProducerId,
        ProducerEpoch = _batch.ProducerEpoch,
    };

    /// <summary>Goes to the next record; false at the end and when malformed.</summary>
    public bool MoveNext()
    {
        if (IsMalformed)
            return false;
        if (_read == _count)
        {
            IsMalformed = _next != _records.Length;
            return false;
        }
        _read++;
        if (!ReadRecord())
            IsMalformed = true;
        return !IsMalformed;
    }

    private bool ReadRecord()
    {
        int at = _next;
        if (!Varint.TryRead(_records, ref at, out int length) || length <= 0 || length > _records.Length - at)
            return false;
        var body = _records[..(at + length)];
        at++; // attributes, unused in v2
        if (!Varint.TryRead(body, ref at, out _timestampDelta))
            return false;
        _fieldsAfterTimestamp = at;
        if (!Varint.TryRead(body, ref at, out int offsetDelta)
            || !ReadBytes(body, ref at, out _keyStart, out _keyLength)
            || !ReadBytes(body, ref at, out _valueStart, out _valueLength))
            return false;
        _headersStart = at;
        OffsetDelta = offsetDelta;
        _next = body.Length;
        return offsetDelta >= 0 && SkipHeaders(body, ref at) && at == body.Length;
    }

    private static bool SkipHeaders(ReadOnlySpan<byte> body, ref int at)
    {
        if (!Varint.TryRead(body, ref at, out int count) || count < 0)
            return false;
        for (; count > 0; count--)
        {
            if (!ReadBytes(body, ref at, out _, out int keyLength) || keyLength < 0 || !ReadBytes(body, ref at, out _, out _))
                return false;
        }
        return true;
    }

    private static bool ReadBytes(ReadOnlySpan<byte> body, ref int at, out int start, out int length)
    {
        start = 0;
        if (!Varint.TryRead(body, ref at, out length) || length < -1 || length > body.Length - at)
            return false;
        start = at;
        at += Math.Max(0, length);
        return true;
    }
}
