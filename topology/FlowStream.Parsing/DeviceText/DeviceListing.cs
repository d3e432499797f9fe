namespace FlowStream.Parsing.DeviceText;

/// <summary>Which listing a session was read from.</summary>
public enum DeviceListing : byte
{
    /// <summary>Junos <c>show security flow session</c>, with any filter, brief or <c>extensive</c>.</summary>
    JunosFlowSession,

    /// <summary>PAN-OS <c>show session id</c>.</summary>
    PanosSessionId,

    /// <summary>PAN-OS <c>show session all</c>, with any filter.</summary>
    PanosSessionAll,

    /// <summary>PAN-OS <c>show log traffic</c>, with <c>show-tracker equal yes</c> for the reason of the end.</summary>
    PanosTrafficLog,
}
