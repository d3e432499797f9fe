using FlowStream.Sessions;

namespace FlowStream.Bandwidth;

/// <summary>The part of a delta that falls into one window.</summary>
/// <param name="Window">Number of the window.</param>
/// <param name="Volume">What falls into it.</param>
/// <param name="EstimatedBytes">Bytes of it, both directions, that were placed by spreading over more than one window.</param>
/// <param name="LateBytes">Bytes of it, both directions, whose own window is beyond the limit of one delta.</param>
public readonly record struct WindowShare(long Window, Volume Volume, long EstimatedBytes, long LateBytes);
