using System.Globalization;
using System.Text;
using FlowStream.Parsing;
using FlowStream.Streams;

namespace FlowStream.Topology;

/// <summary>
/// Sends what one task refuses to the dead-letter topic, as it came, with the reason, and counts it. A message is either parsed or here.
/// Only what would not fit a Kafka record together with the headers is cut, and its detail says so: a record that no broker takes would
/// be tried again for ever.
/// </summary>
internal sealed class DeadLetters
{
    /// <summary>Reason of a record of the partials topic that is no partial.</summary>
    public const string MalformedPartial = "malformed-partial";

    /// <summary>
    /// Most bytes of key, value and the message's own headers together. Brokers and clients take a million bytes by default; the rest is
    /// for the headers that a dead letter adds and for the record's frame.
    /// </summary>
    public const int MaxRecordBytes = 900_000;

    private static readonly byte[][] Reasons =
        [.. Enum.GetValues<RefusalReason>().Select(reason => Encoding.ASCII.GetBytes(reason.Code()))];

    private static readonly byte[] MalformedPartialBytes = Encoding.ASCII.GetBytes(MalformedPartial);
    // "cut from 2147483647 bytes, the whole is at flow.origin; " and room to spare.
    private const int MaxCutNoteBytes = 80;

    private static readonly byte[] NoDetail = "not a partial of this version"u8.ToArray();

    private readonly string _topic;
    private readonly int _partition;
    private readonly TopologyEvents _events;
    private readonly DeadLetterRecord _headers = new();
    private readonly byte[] _detail = new byte[RefusalDetail.MaxBytes + MaxCutNoteBytes];
    private readonly byte[] _origin;
    private readonly int _originPrefix;
    private readonly long[] _byReason = new long[Reasons.Length];
    private readonly long[] _exampleOffsets = new long[Reasons.Length];
    private long _partials;
    private long _partialExample;

    /// <summary>Makes the dead letters of one input partition.</summary>
    public DeadLetters(string topic, int partition, TopologyEvents events)
    {
        _topic = topic;
        _partition = partition;
        _events = events;
        byte[] prefix = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{topic}/{partition}/"));
        _originPrefix = prefix.Length;
        _origin = [.. prefix, .. new byte[20]];
    }

    /// <summary>Sends a message that the parser refused.</summary>
    public void Send(in InputRecord record, in Refusal refusal, IRecordCollector output)
    {
        int reason = (int)refusal.Reason;
        _byReason[reason]++;
        _exampleOffsets[reason] = record.Offset;
        int length = RefusalDetail.Write(refusal, record.Value, _detail);
        Send(record, Reasons[reason], _detail, length, output);
    }

    /// <summary>Sends a record that is no partial.</summary>
    public void SendPartial(in InputRecord record, IRecordCollector output)
    {
        _partials++;
        _partialExample = record.Offset;
        Send(record, MalformedPartialBytes, NoDetail, NoDetail.Length, output);
    }

    /// <summary>Tells what was refused since the last commit.</summary>
    public void Commit()
    {
        for (int reason = 0; reason < _byReason.Length; reason++)
        {
            if (_byReason[reason] == 0) continue;
            Tell(((RefusalReason)reason).Code(), _byReason[reason], _exampleOffsets[reason]);
            _byReason[reason] = 0;
        }
        if (_partials == 0) return;
        Tell(MalformedPartial, _partials, _partialExample);
        _partials = 0;
    }

    private void Send(in InputRecord record, byte[] reason, byte[] detail, int detailLength, IRecordCollector output)
    {
        record.Offset.TryFormat(_origin.AsSpan(_originPrefix), out int digits, default, CultureInfo.InvariantCulture);
        ReadOnlySpan<byte> key = record.Key, value = record.Value;
        IRecordHeaders headers = record.Headers;
        if (!Fits(record))
        {
            if (Length(headers) + key.Length > MaxRecordBytes / 2)
            {
                key = default;
                headers = RecordHeaders.Empty;
            }
            value = value[..Math.Min(value.Length, MaxRecordBytes - key.Length - (int)Length(headers))];
            detailLength = NoteCut(detail.AsSpan(0, detailLength), record.Value.Length);
            detail = _detail;
        }
        _headers.Set(headers, reason, detail, detailLength, _origin, _originPrefix + digits);
        output.Send(FlowTopics.DeadLetter, key, value, record.Timestamp, _headers);
    }

    private static bool Fits(in InputRecord record) => record.Key.Length + record.Value.Length + Length(record.Headers) <= MaxRecordBytes;

    private static long Length(IRecordHeaders headers)
    {
        long length = 0;
        // Names are counted as if of three bytes for each character, the most that UTF-8 takes; the rest is two lengths.
        for (int i = 0; i < headers.Count; i++) length += (headers.Name(i).Length * 3L) + headers.Value(i).Length + 10;
        return length;
    }

    private int NoteCut(ReadOnlySpan<byte> detail, int length)
    {
        byte[] note = Encoding.ASCII.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"cut from {length} bytes, the whole is at {DeadLetterHeaders.Origin}; "));
        detail.CopyTo(_detail.AsSpan(note.Length));
        note.CopyTo(_detail, 0);
        return note.Length + detail.Length;
    }

    private void Tell(string reason, long messages, long offset) =>
        _events.DeadLettered(_topic, _partition, reason, messages, string.Create(CultureInfo.InvariantCulture, $"offset {offset}"));
}
