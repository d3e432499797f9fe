namespace FlowStream.Sessions;

/// <summary>
/// What a session moved between two observations of its running totals, to be spread over [<paramref name="FromMs"/>,
/// <paramref name="ToMs"/>). Which deltas a session has is a function of what is known of it, not of the order in which that arrived:
/// when an observation arrives between two known ones, the delta over both is taken back (<paramref name="Sign"/> -1) and the two parts
/// are booked instead.
/// </summary>
/// <param name="Sign">+1 to book, -1 to take back exactly what was booked with the same other values.</param>
/// <param name="FromMs">Start of the interval, Unix milliseconds.</param>
/// <param name="ToMs">End of the interval, Unix milliseconds, not before the start; equal to it for an interval of no length.</param>
/// <param name="Volume">What moved; no field is negative.</param>
/// <param name="ActiveMs">
/// The last millisecond up to the start in which the session moved bytes before, so that it is counted as active in each window once;
/// -1 when there is none.
/// </param>
public readonly record struct VolumeDelta(int Sign, long FromMs, long ToMs, Volume Volume, long ActiveMs = -1);
