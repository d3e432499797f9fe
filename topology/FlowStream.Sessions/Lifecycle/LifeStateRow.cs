namespace FlowStream.Sessions.Lifecycle;

/// <summary>What the devices' own words for a session's life are here.</summary>
/// <param name="State">The state.</param>
/// <param name="Panos">The states of a PAN-OS session ("Session Overview": stable and transient states) that it stands for.</param>
/// <param name="Junos">Where the session is on a Junos device ("SRX Series flow-based sessions").</param>
internal readonly record struct LifeStateRow(LifeState State, string Panos, string Junos);
