namespace FlowStream.Producers.Simulation;

/// <summary>What one minute must add up to for one application.</summary>
/// <param name="Volume">Bytes and packets.</param>
/// <param name="Opened">Sessions that began.</param>
/// <param name="Closed">Sessions that ended.</param>
/// <param name="Denied">Sessions refused.</param>
/// <param name="EstimatedBytes">Bytes placed by spreading over several minutes.</param>
internal readonly record struct WindowTotals(SimulatedVolume Volume, long Opened, long Closed, long Denied, long EstimatedBytes)
{
    /// <summary>The sum, field by field.</summary>
    public static WindowTotals operator +(in WindowTotals a, in WindowTotals b) => new(
        a.Volume + b.Volume, a.Opened + b.Opened, a.Closed + b.Closed, a.Denied + b.Denied, a.EstimatedBytes + b.EstimatedBytes);
}
