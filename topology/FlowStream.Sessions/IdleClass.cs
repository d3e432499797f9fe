namespace FlowStream.Sessions;

/// <summary>What decides how long a session may be silent.</summary>
internal enum IdleClass : byte
{
    /// <summary>TCP, and its device sends volume updates.</summary>
    UpdatedTcp,

    /// <summary>Another protocol, and its device sends volume updates.</summary>
    UpdatedOther,

    /// <summary>TCP on a PAN-OS device.</summary>
    PanosTcp,

    /// <summary>Everything else.</summary>
    Silent,
}
