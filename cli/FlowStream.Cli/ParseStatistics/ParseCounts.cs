using System.Globalization;
using System.Text;
using FlowStream.Parsing;
using FlowStream.Parsing.Sequences;

namespace FlowStream.Cli.ParseStatistics;

/// <summary>Counts what became of messages, and keeps the first example of what was wrong with any.</summary>
internal sealed class ParseCounts
{
    /// <summary>Stands for the hosts beyond the limit.</summary>
    public const string OtherHosts = "(other hosts)";

    // Enough to recognise a message by; its place in the file is beside it.
    private const int ExampleBytes = 60;

    // A file may name as many hosts as it has lines.
    private const int MaxHosts = 1_000;

    private readonly byte[] _detail = new byte[RefusalDetail.MaxBytes];

    public long Messages { get; private set; }

    public Tally<(EventTag Tag, EventKind Kind)> Events { get; } = new();

    public Tally<MessageShape> Shapes { get; } = new();

    public Tally<Repair> Repairs { get; } = new();

    public Tally<RefusalReason> Refusals { get; } = new();

    /// <summary>Lines that a syslog daemon left out, by host: <c>last message repeated N times</c>.</summary>
    public Tally<string> Repeated { get; } = new();

    /// <summary>Gaps and duplicates in the numbers that PAN-OS devices give their logs.</summary>
    public SequenceTracker Sequences { get; } = new();

    public void Add(in Refusal refusal, SessionEvent parsed, ReadOnlySpan<byte> message)
    {
        Messages++;
        if (!refusal.Accepted)
        {
            if (!Refusals.Add(refusal.Reason)) return;
            int length = RefusalDetail.Write(refusal, message, _detail);
            Refusals.Show(refusal.Reason, Place() + Encoding.ASCII.GetString(_detail, 0, length));
            return;
        }
        Events.Add((parsed.Tag, parsed.Kind));
        Shapes.Add(parsed.Shape);
        if (parsed.Repairs != Repair.None) AddRepairs(parsed.Repairs, message);
        if (parsed.Kind == EventKind.Other && parsed.Tag != EventTag.PanosTraffic && parsed.Has(Field.RepeatCount)) AddRepeated(parsed);
        Sequences.Observe(parsed);
    }

    /// <summary>Counts lines that were too long to be given to the parser.</summary>
    public void AddTooLong(long lines)
    {
        Messages += lines;
        if (lines > 0) Refusals.Add(RefusalReason.TooLong, lines);
    }

    private string Place() => string.Create(CultureInfo.InvariantCulture, $"message {Messages}, ");

    private void AddRepairs(Repair repairs, ReadOnlySpan<byte> message)
    {
        foreach (Repair repair in Enum.GetValues<Repair>())
        {
            if (repair == Repair.None || !repairs.HasFlag(repair) || !Repairs.Add(repair)) continue;
            Repairs.Show(repair, Place() + PrintableText.Of(message[..Math.Min(message.Length, ExampleBytes)]));
        }
    }

    private void AddRepeated(SessionEvent parsed)
    {
        string host = parsed.DeviceHost.IsEmpty ? "(no host)" : PrintableText.Of(parsed.DeviceHost);
        if (Repeated.Kinds >= MaxHosts && !Repeated.Contains(host)) host = OtherHosts;
        Repeated.Add(host, parsed.Number(Field.RepeatCount));
    }
}
