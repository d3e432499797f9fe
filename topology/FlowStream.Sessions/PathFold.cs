using System.Buffers.Text;
using FlowStream.Parsing;
using FlowStream.Schemas;

namespace FlowStream.Sessions;

/// <summary>
/// Makes the record of a path from an AppQoE message that is about no session: the <c>APPQOE_APP</c> messages and the reports of active
/// probes (Junos release notes 18.2R1 to 21.2R1). Nothing is kept: a message that is delivered twice is two.
/// </summary>
public sealed class PathFold
{
    private const int MaxKeyBytes = 64;

    // 32 bits; the highest value means that there is no measurement.
    private const long MaxMeasure = uint.MaxValue - 1;

    private static readonly Utf8Text[] Measures = [.. Names("rtt", "rtt_jitter", "ingress_jitter", "egress_jitter", "pkt_loss")];
    private static readonly Utf8Text[] Lowest = [.. Measures.Select(name => Utf8Text.From("min_" + name))];
    private static readonly Utf8Text[] Highest = [.. Measures.Select(name => Utf8Text.From("max_" + name))];

    // Fields of a message that a path's schema has no place for, by the names that they have in the schema of sessions.
    private static readonly (Field Field, Utf8Text Key)[] ExtraFields =
    [
        (Field.NestedApplication, Utf8Text.From("nested_application")),
        (Field.SourceAddress, Utf8Text.From("source_address")),
        (Field.SourcePort, Utf8Text.From("source_port")),
        (Field.DestinationAddress, Utf8Text.From("destination_address")),
        (Field.DestinationPort, Utf8Text.From("destination_port")),
        (Field.ProtocolId, Utf8Text.From("protocol_id")),
        (Field.DestinationZoneName, Utf8Text.From("destination_zone_name")),
        // Of a probe these count its own packets, which are no user's traffic.
        (Field.PacketsFromClient, Utf8Text.From("packets_from_client")),
        (Field.BytesFromClient, Utf8Text.From("bytes_from_client")),
        (Field.PacketsFromServer, Utf8Text.From("packets_from_server")),
        (Field.BytesFromServer, Utf8Text.From("bytes_from_server")),
    ];

    private readonly DeviceNames _names;
    private readonly long _maxSkew;
    private readonly RecordText _text = new();

    /// <summary>Makes a fold that names devices and resolves times as the join with these options does.</summary>
    public PathFold(SessionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _names = new DeviceNames(options);
        _maxSkew = (long)options.MaxSkew.TotalMilliseconds;
    }

    /// <summary>The names of what is measured, in the order in which windows keep them.</summary>
    public static IReadOnlyList<Utf8Text> MeasureNames => Measures;

    private PathQuality Record { get; } = new();

    /// <summary>True when the message is about a path and no session.</summary>
    public static bool IsPath(SessionEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return e.Tag is EventTag.AppQoeActiveSlaMetricReport or EventTag.AppQoeAppBestPathSelected
            or EventTag.AppQoeAppPassiveSlaMetricReport or EventTag.AppQoeAppSlaMetricViolation;
    }

    /// <summary>The record of what <paramref name="e"/> says; valid until the next call.</summary>
    /// <param name="e">A message for which <see cref="IsPath"/> holds.</param>
    /// <param name="recordTimestamp">When it was received, Unix milliseconds.</param>
    /// <param name="senderFallback">The device's name when the message holds none.</param>
    public PathQuality Fold(SessionEvent e, long recordTimestamp, ReadOnlySpan<byte> senderFallback)
    {
        ArgumentNullException.ThrowIfNull(e);
        _text.Clear();
        Record.Clear();
        Record.Time = EventTime.Resolve(e.Time, e.WrittenAfter, Math.Max(0, recordTimestamp), _maxSkew).UnixMilliseconds;
        Record.Kind = e.Kind switch
        {
            EventKind.PathSelected => PathRecord.Selected,
            EventKind.SlaViolation => PathRecord.Violation,
            _ => PathRecord.Report,
        };
        Record.DeviceHost = _text.Copy(_names.Of(e, senderFallback));
        Record.RoutingInstance = Text(e, Field.RoutingInstance);
        Record.DestinationInterfaceName = Text(e, Field.DestinationInterfaceName);
        Record.Application = Text(e, Field.Application);
        Record.Reason = Text(e, Field.Reason);
        FoldExtras(e);
        for (int i = 0; i < Measures.Length; i++) FoldMeasure(i);
        Record.DestinationGroupName = Take("destination_group_name"u8);
        Record.ActiveProbeParams = Take("active_probe_params"u8);
        Record.SlaRule = Take("sla_rule"u8);
        Record.Extras.Sort();
        return Record;
    }

    private void FoldExtras(SessionEvent e)
    {
        Span<byte> name = stackalloc byte[MaxKeyBytes];
        for (int i = 0; i < e.ExtraCount; i++)
        {
            ReadOnlySpan<byte> key = e.ExtraKey(i);
            if (key.IsEmpty || key.Length > MaxKeyBytes) continue;
            key.Replace(name, (byte)'-', (byte)'_');
            // A key that is printed twice counts once, the first time.
            if (!Record.Extras.TryGet(name[..key.Length], out _))
                Record.Extras.Add(_text.Copy(name[..key.Length]), _text.Copy(e.ExtraValue(i)));
        }
        foreach ((Field field, Utf8Text key) in ExtraFields)
        {
            if (Text(e, field) is { } text) Record.Extras.Set(key, text);
        }
    }

    private void FoldMeasure(int index)
    {
        long? lowest = Number(Take(Lowest[index].Span)), highest = Number(Take(Highest[index].Span));
        if (Number(Take(Measures[index].Span)) is not { } value) return;
        PathMeasure measure = Record.Measures.Add();
        measure.Name = Measures[index];
        measure.Count = 1;
        measure.Min = Math.Min(value, lowest ?? value);
        measure.Max = Math.Max(value, highest ?? value);
        measure.Mean = value;
    }

    // The value of an extra key that has a place of its own, which it goes to.
    private Utf8Text? Take(ReadOnlySpan<byte> key)
    {
        if (!Record.Extras.TryGet(key, out Utf8Text value)) return null;
        Record.Extras.Remove(key);
        return value;
    }

    private static long? Number(Utf8Text? text) =>
        text is { } digits && Utf8Parser.TryParse(digits.Span, out long number, out int read) && read == digits.Span.Length
        && number is >= 0 and <= MaxMeasure
            ? number
            : null;

    private Utf8Text? Text(SessionEvent e, Field field)
    {
        ReadOnlySpan<byte> text = e.Text(field);
        return text.IsEmpty ? null : _text.Copy(text);
    }

    private static IEnumerable<Utf8Text> Names(params string[] names) => names.Select(Utf8Text.From);
}
