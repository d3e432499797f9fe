namespace FlowStream.Sessions.Tests;

/// <summary>A delta that must stand booked in the end.</summary>
internal sealed record ExpectedDelta(string Device, string Application, long From, long To, Volume Volume);
