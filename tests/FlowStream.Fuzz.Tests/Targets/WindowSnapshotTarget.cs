using FlowStream.Bandwidth;
using FlowStream.Fuzz.Tests.Engine;

namespace FlowStream.Fuzz.Tests.Targets;

/// <summary>A snapshot of the windows: refused by InvalidDataException, or a state that is written and read the same way.</summary>
internal sealed class WindowSnapshotTarget : IFuzzTarget
{
    private readonly NoOutput _output = new();

    public string Name => "window-snapshot";

    public IReadOnlyList<byte[]> Seeds => SampleTraffic.Instance.WindowSnapshots;

    public bool Run(byte[] input)
    {
        var windows = new BandwidthWindows(new BandwidthOptions(), 0);
        try
        {
            windows.ReadSnapshot(input);
        }
        catch (InvalidDataException)
        {
            return false;
        }
        byte[] written = SampleTraffic.Written(windows.WriteSnapshot);
        var again = new BandwidthWindows(new BandwidthOptions(), 0);
        again.ReadSnapshot(written);
        Assert.Equal(written, SampleTraffic.Written(again.WriteSnapshot));
        windows.Commit(_output.Rows, _output);
        return true;
    }

    public void Dispose()
    {
        // Holds nothing but memory.
    }
}
