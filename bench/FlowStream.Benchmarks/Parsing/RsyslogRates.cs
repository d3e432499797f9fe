namespace FlowStream.Benchmarks.Parsing;

/// <summary>What rsyslogd takes in a second of its CPU time, in million bytes of messages.</summary>
/// <param name="Whole">With mmpstrucdata: file, syslog header, structured data.</param>
/// <param name="WithoutModule">The same without mmpstrucdata.</param>
internal readonly record struct RsyslogRates(double Whole, double WithoutModule)
{
    /// <summary>mmpstrucdata without what leads to it: the difference of the two.</summary>
    public double StructuredDataAlone => 1 / ((1 / Whole) - (1 / WithoutModule));
}
