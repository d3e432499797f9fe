using BenchmarkDotNet.Attributes;
using FlowStream.Parsing;

namespace FlowStream.Benchmarks.Parsing;

/// <summary>Cost of one message in the parser and of its flow key alone, which is all that the producers look at.</summary>
[MemoryDiagnoser]
public class SyslogParserBenchmark
{
    private readonly SessionEvent _event = new();
    private readonly byte[] _key = new byte[FlowKey.MaxBytes];

    [Params(nameof(SampleMessages.ShortClose), nameof(SampleMessages.LongClose))]
    public string Message { get; set; } = nameof(SampleMessages.ShortClose);

    private byte[] Bytes { get; set; } = [];

    [GlobalSetup]
    public void Load() =>
        Bytes = Message == nameof(SampleMessages.ShortClose) ? SampleMessages.ShortClose : SampleMessages.LongClose;

    [Benchmark]
    public Refusal Parse() => SyslogParser.Parse(Bytes, _event);

    [Benchmark]
    public bool FindFlowKey() => FlowKey.TryWrite(Bytes, _key, out _);
}
