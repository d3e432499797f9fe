using FlowStream.Bandwidth;
using FlowStream.Fuzz.Tests.Engine;

namespace FlowStream.Fuzz.Tests.Targets;

/// <summary>A partial sum, key and value: added up whole, or refused and nothing added.</summary>
internal sealed class PartialTarget : IFuzzTarget
{
    private readonly NoOutput _output = new();

    public string Name => "partial";

    public IReadOnlyList<byte[]> Seeds => SampleTraffic.Instance.Partials;

    public bool Run(byte[] input)
    {
        (byte[] key, byte[] value) = Pair.Split(input);
        var windows = new BandwidthWindows(new BandwidthOptions(), 0);
        bool accepted = windows.TryAdd(key, value);
        Assert.Equal(accepted, windows.Count > 0);
        windows.Commit(_output.Rows, _output);
        return accepted;
    }

    public void Dispose()
    {
        // Holds nothing but memory.
    }
}
