using FlowStream.Benchmarks.Results;
using FlowStream.Parsing;

namespace FlowStream.Benchmarks.Parsing;

/// <summary>Measures the parser on every set of lines, and beside it a regular expression and rsyslog on the same lines.</summary>
/// <param name="tell">Takes each figure when it is known.</param>
/// <param name="note">Takes what could not be measured and why.</param>
internal sealed class ParsingRun(Action<Figure> tell, Action<string> note)
{
    private const string Rate = "MB/s per core";

    private readonly SessionEvent _event = new();

    /// <summary>Measures all sets.</summary>
    public void Measure()
    {
        var rsyslog = Rsyslog.Find();
        if (rsyslog is null) note(Rsyslog.Absent);
        foreach (LineSet set in LineSets.All) Measure(set, rsyslog);
    }

    private void Measure(LineSet set, Rsyslog? rsyslog)
    {
        foreach (byte[] line in set.Lines)
        {
            Refusal refusal = SyslogParser.Parse(line, _event);
            if (!refusal.Accepted) throw new InvalidDataException($"{set.Name}: {refusal}: the speed of refusals says nothing.");
        }
        var regex = new RegexReader(set);
        IReadOnlyList<RoundTimes> times = AlternatedRounds.Measure(() => Parse(set), () => Match(regex, set));
        string name = $"parse, {set.Name}";
        double ours = Megabytes(set, times[0].Best), other = Megabytes(set, times[1].Best);
        tell(new Figure(name, ours, Rate) { Reach = set.Reach });
        tell(new Figure($"{name}: median round", Megabytes(set, times[0].Median), Rate));
        tell(new Figure($"{name}: messages", LineSet.Count / times[0].Best, "messages/s per core"));
        tell(new Figure($"{name}: allocated", times[0].Allocated / LineSet.Count, "B/message"));
        tell(new Figure($"{name}: compiled regex", other, Rate));
        tell(new Figure($"{name}: compiled regex, median round", Megabytes(set, times[1].Median), Rate));
        tell(new Figure($"{name}: compiled regex, allocated", times[1].Allocated / LineSet.Count, "B/message"));
        tell(new Figure($"{name}: faster than the regex", ours / other, "times"));
        if (rsyslog is not null && set.Shape == MessageShape.JunosStructured) Compare(name, ours, set, rsyslog);
    }

    private void Compare(string name, double ours, LineSet set, Rsyslog rsyslog)
    {
        RsyslogRates rates = rsyslog.Measure(set);
        tell(new Figure($"{name}: rsyslog with mmpstrucdata", rates.Whole, Rate));
        tell(new Figure($"{name}: rsyslog, mmpstrucdata alone", rates.StructuredDataAlone, Rate));
        tell(new Figure($"{name}: faster than rsyslog", ours / rates.Whole, "times"));
        tell(new Figure($"{name}: faster than mmpstrucdata alone", ours / rates.StructuredDataAlone, "times"));
    }

    private static double Megabytes(LineSet set, double seconds) => set.Bytes / seconds / 1e6;

    private void Parse(LineSet set)
    {
        foreach (byte[] line in set.Lines) SyslogParser.Parse(line, _event);
    }

    private static long Match(RegexReader regex, LineSet set)
    {
        long sum = 0;
        foreach (byte[] line in set.Lines) sum += regex.Read(line);
        return sum;
    }
}
