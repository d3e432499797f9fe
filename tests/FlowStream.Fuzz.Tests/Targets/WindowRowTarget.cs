using FlowStream.Bandwidth;
using FlowStream.Fuzz.Tests.Engine;

namespace FlowStream.Fuzz.Tests.Targets;

/// <summary>A changelog row of the windows: refused by InvalidDataException, or restored to a state that can go on.</summary>
internal sealed class WindowRowTarget : IFuzzTarget
{
    private readonly NoOutput _output = new();

    public string Name => "window-row";

    public IReadOnlyList<byte[]> Seeds => SampleTraffic.Instance.WindowRows;

    public bool Run(byte[] input)
    {
        (byte[] key, byte[] value) = Pair.Split(input);
        var windows = new BandwidthWindows(new BandwidthOptions(), 0);
        try
        {
            windows.RestoreRow(key, value);
        }
        catch (InvalidDataException)
        {
            return false;
        }
        if (windows.NextTimer != long.MaxValue) windows.AdvanceTime(windows.NextTimer);
        windows.Commit(_output.Rows, _output);
        return true;
    }

    public void Dispose()
    {
        // Holds nothing but memory.
    }
}
