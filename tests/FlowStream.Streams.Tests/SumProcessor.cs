using System.Buffers;
using System.Buffers.Binary;
using FlowStream.Streams;

namespace FlowStream.Streams.Tests;

/// <summary>
/// Counts and adds up the values of each key: every record gives its running count and sum to "running"; a key that is quiet for
/// a while of stream time gives its total to "totals" and is forgotten.
/// </summary>
internal sealed class SumProcessor : IProcessor
{
    public const int ValueLength = 24;

    private readonly SortedDictionary<long, (long Count, long Sum, long Time)> _sums = [];
    private readonly SortedSet<long> _touched = [];
    private readonly byte[] _value = new byte[ValueLength];
    private readonly byte[] _key = new byte[8];

    private readonly string _running;
    private readonly string _totals;
    private readonly long _quietMs;
    private readonly Action? _beforeRecord;

    private SumProcessor(string running, string totals, long quietMs, Action? beforeRecord)
    {
        _beforeRecord = beforeRecord;
        _running = running;
        _totals = totals;
        _quietMs = quietMs;
    }

    public long NextTimer => _sums.Count == 0 ? long.MaxValue : _sums.Values.Min(sum => sum.Time) + _quietMs;

    public long MemoryBytes => _sums.Count * 100L;

    public static StageDefinition Stage(
        string name = "sums", string input = "input", string running = "running", string totals = "totals", long quietMs = 5_000,
        Action? beforeRecord = null) => new(
        name,
        input,
        [new TopicDefinition(running, "delete"), new TopicDefinition(totals, "delete")],
        _ => new SumProcessor(running, totals, quietMs, beforeRecord));

    public void Process(in InputRecord record, IRecordCollector output)
    {
        _beforeRecord?.Invoke();
        var key = BinaryPrimitives.ReadInt64BigEndian(record.Key);
        var sum = _sums.GetValueOrDefault(key);
        sum = (sum.Count + 1, sum.Sum + BinaryPrimitives.ReadInt64BigEndian(record.Value), Math.Max(sum.Time, record.Timestamp));
        _sums[key] = sum;
        _touched.Add(key);
        output.Send(_running, record.Key, Encode(sum), record.Timestamp);
    }

    public void AdvanceTime(long streamTime, IRecordCollector output)
    {
        var quiet = _sums.Where(entry => entry.Value.Time + _quietMs <= streamTime).OrderBy(entry => entry.Value.Time).ToList();
        foreach (var (key, sum) in quiet)
        {
            _sums.Remove(key);
            _touched.Add(key);
            output.Send(_totals, EncodeKey(key), Encode(sum), sum.Time);
        }
    }

    public void Commit(IChangelogWriter changelog, IRecordCollector output)
    {
        foreach (var key in _touched)
        {
            if (_sums.TryGetValue(key, out var sum)) changelog.Put(EncodeKey(key), Encode(sum));
            else changelog.Delete(EncodeKey(key));
        }

        _touched.Clear();
    }

    public void RestoreRow(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var number = BinaryPrimitives.ReadInt64BigEndian(key);
        if (value.IsEmpty) _sums.Remove(number);
        else _sums[number] = Decode(value);
    }

    public void WriteSnapshot(IBufferWriter<byte> snapshot)
    {
        foreach (var (key, sum) in _sums)
        {
            snapshot.Write(EncodeKey(key));
            snapshot.Write(Encode(sum));
        }
    }

    public void ReadSnapshot(ReadOnlySpan<byte> snapshot)
    {
        if (snapshot.Length % (8 + ValueLength) != 0) throw new InvalidDataException("Not a whole number of rows.");
        for (; !snapshot.IsEmpty; snapshot = snapshot[(8 + ValueLength)..])
        {
            _sums[BinaryPrimitives.ReadInt64BigEndian(snapshot)] = Decode(snapshot[8..]);
        }
    }

    private static (long Count, long Sum, long Time) Decode(ReadOnlySpan<byte> value) => (
        BinaryPrimitives.ReadInt64BigEndian(value),
        BinaryPrimitives.ReadInt64BigEndian(value[8..]),
        BinaryPrimitives.ReadInt64BigEndian(value[16..]));

    private byte[] Encode((long Count, long Sum, long Time) sum)
    {
        BinaryPrimitives.WriteInt64BigEndian(_value, sum.Count);
        BinaryPrimitives.WriteInt64BigEndian(_value.AsSpan(8), sum.Sum);
        BinaryPrimitives.WriteInt64BigEndian(_value.AsSpan(16), sum.Time);
        return _value;
    }

    private byte[] EncodeKey(long key)
    {
        BinaryPrimitives.WriteInt64BigEndian(_key, key);
        return _key;
    }
}
