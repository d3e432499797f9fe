using FlowStream.Fuzz.Tests.Engine;
using FlowStream.Fuzz.Tests.Targets.Parsers;
using FlowStream.Parsing;
using FlowStream.Schemas;

namespace FlowStream.Fuzz.Tests.Targets;

/// <summary>Every decoder of bytes that come from outside, or from a disk that may have failed.</summary>
internal static class AllTargets
{
    private static readonly SampleTraffic Traffic = SampleTraffic.Instance;

    private static readonly Dictionary<string, Func<IFuzzTarget>> Makers = new()
    {
        ["parser-structured"] = () => Parser("parser-structured", StructuredReference.Difference),
        ["parser-sentence"] = () => Parser("parser-sentence", SentenceReference.Difference),
        ["parser-csv"] = () => Parser("parser-csv", CsvReference.Difference),
        ["parser-cef"] = () => Parser("parser-cef", ExtensionReference.Difference),
        ["parser-leef"] = () => Parser("parser-leef", ExtensionReference.Difference),
        ["parser-headers"] = () => Parser("parser-headers", HeaderReference.Difference),
        ["parser-show"] = () => new ShowTarget(TimeProvider.System),
        ["framer"] = () => new FramerTarget(),
        ["broker-request"] = () => new BrokerRequestTarget(),
        ["avro-session"] = () => new RecordTarget<CompletedSession>("avro-session", Traffic.Sessions),
        ["avro-denial"] = () => new RecordTarget<Denial>("avro-denial", Traffic.Denials),
        ["avro-window"] = () => new RecordTarget<BandwidthWindow>("avro-window", Traffic.Windows),
        ["partial"] = () => new PartialTarget(),
        ["window-row"] = () => new WindowRowTarget(),
        ["window-snapshot"] = () => new WindowSnapshotTarget(),
        ["session-row"] = () => new SessionStateTarget("session-row", Traffic.SessionRows, (join, input) =>
        {
            (byte[] key, byte[] value) = Pair.Split(input);
            join.RestoreRow(key, value);
        }),
        ["session-snapshot"] = () =>
            new SessionStateTarget("session-snapshot", Traffic.SessionSnapshots, (join, input) => join.ReadSnapshot(input)),
    };

    public static IEnumerable<string> Names => Makers.Keys;

    public static IFuzzTarget Make(string name) => Makers[name]();

    private static ParserTarget Parser(string name, Func<byte[], SessionEvent, string?> reference) =>
        new(name, reference, TimeProvider.System);
}
