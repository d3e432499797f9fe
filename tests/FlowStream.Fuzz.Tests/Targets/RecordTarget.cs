using FlowStream.Fuzz.Tests.Engine;
using FlowStream.Schemas;

namespace FlowStream.Fuzz.Tests.Targets;

/// <summary>A record in its Avro reader: refused by InvalidDataException, or read so that it can be written and read again.</summary>
internal sealed class RecordTarget<T>(string name, IReadOnlyList<byte[]> seeds) : IFuzzTarget
    where T : IAvroRecord, new()
{
    private readonly SingleObjectFraming<T> _framing = new();
    private readonly T _record = new();
    private readonly T _again = new();

    public string Name => name;

    public IReadOnlyList<byte[]> Seeds => seeds;

    public bool Run(byte[] input)
    {
        try
        {
            _framing.Read(_record, input);
        }
        catch (InvalidDataException)
        {
            return false;
        }
        // Avro allows longer forms of numbers and blocks, so only what we write ourselves must come back byte for byte.
        byte[] written = SampleTraffic.Framed(_record);
        _framing.Read(_again, written);
        Assert.Equal(written, SampleTraffic.Framed(_again));
        return true;
    }

    public void Dispose()
    {
        // Holds nothing but memory.
    }
}
