namespace FlowStream.Queries.Reconciliation;

/// <summary>How a device's listing and our table differ about a session.</summary>
public enum DifferenceKind : byte
{
    /// <summary>The device lists it and we have never heard of it, or have forgotten it.</summary>
    OnlyThere,

    /// <summary>We hold it open and the device does not list it.</summary>
    OnlyHere,

    /// <summary>The device lists it and for us it had ended before.</summary>
    EndedHere,

    /// <summary>Both have it and its counters are apart by more than the tolerance.</summary>
    CountersApart,
}
