using BenchmarkDotNet.Attributes;
using FlowStream.Parsing;

namespace FlowStream.Benchmarks.Parsing;

/// <summary>Cost of a set of lines in the parser and of their flow keys alone, which is all that the producers look at.</summary>
[MemoryDiagnoser]
public class SyslogParserBenchmark
{
    private readonly SessionEvent _event = new();
    private readonly byte[] _key = new byte[FlowKey.MaxBytes];

    public static IEnumerable<LineSet> Sets => LineSets.All;

    [ParamsSource(nameof(Sets))]
    public LineSet Set { get; set; } = LineSets.ShortClose;

    [Benchmark(OperationsPerInvoke = LineSet.Count)]
    public void Parse()
    {
        foreach (byte[] line in Set.Lines) SyslogParser.Parse(line, _event);
    }

    [Benchmark(OperationsPerInvoke = LineSet.Count)]
    public void FindFlowKey()
    {
        foreach (byte[] line in Set.Lines) FlowKey.TryWrite(line, _key, out _);
    }
}
