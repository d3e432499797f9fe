namespace FlowStream.Sessions;

/// <summary>A standard idle time.</summary>
/// <param name="Class">Whose it is.</param>
/// <param name="Name">The same in words.</param>
/// <param name="DeviceTimeout">How long the device holds the session without a packet.</param>
/// <param name="UpdateInterval">How long after a packet the device may wait before it says so, or what it says be lost.</param>
internal readonly record struct IdleTimeRow(IdleClass Class, string Name, TimeSpan DeviceTimeout, TimeSpan UpdateInterval)
{
    /// <summary>The sum, and <paramref name="maxSkew"/> for the clock.</summary>
    public TimeSpan IdleTime(TimeSpan maxSkew) => DeviceTimeout + UpdateInterval + maxSkew;
}
