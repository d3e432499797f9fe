using FlowStream.Fuzz.Tests.Engine;
using FlowStream.Sessions;

namespace FlowStream.Fuzz.Tests.Targets;

/// <summary>
/// A changelog row or a snapshot of the join: refused by InvalidDataException, or restored to a state whose timers fire and that can be
/// written.
/// </summary>
internal sealed class SessionStateTarget(string name, IReadOnlyList<byte[]> seeds, Action<SessionJoin, byte[]> restore) : IFuzzTarget
{
    // After the simulated traffic by more than any session lives on.
    private static readonly long Later = new DateTimeOffset(2026, 5, 3, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private readonly NoOutput _output = new();

    public string Name => name;

    public IReadOnlyList<byte[]> Seeds => seeds;

    public bool Run(byte[] input)
    {
        var join = new SessionJoin(new SessionOptions(), hashSeed: 1);
        try
        {
            restore(join, input);
        }
        catch (InvalidDataException)
        {
            return false;
        }
        byte[] written = SampleTraffic.Written(join.WriteSnapshot);
        new SessionJoin(new SessionOptions(), hashSeed: 1).ReadSnapshot(written);
        join.AdvanceTime(Later, _output);
        join.CollectChanges(_output.Rows);
        return true;
    }

    public void Dispose()
    {
        // Holds nothing but memory.
    }
}
