namespace FlowStream.Sessions.Lifecycle;

/// <summary>What is done when a session goes from one state to the next.</summary>
[Flags]
internal enum LifeEffects : byte
{
    /// <summary>Nothing: a timer that runs goes on.</summary>
    None = 0,

    /// <summary>It is counted as opened.</summary>
    Open = 1,

    /// <summary>Its timer is the idle time after its last message.</summary>
    ArmIdle = 2,

    /// <summary>Its timer is the settle time from now.</summary>
    ArmSettle = 4,

    /// <summary>Its final record goes out, and it is counted as closed.</summary>
    Finish = 8,

    /// <summary>Its timer is the time that it is remembered.</summary>
    ArmRemember = 16,

    /// <summary>A revision goes out when its record has changed.</summary>
    Revise = 32,

    /// <summary>It is taken out of memory.</summary>
    Forget = 64,

    /// <summary>Its timer is set in one way or another.</summary>
    Arm = ArmIdle | ArmSettle | ArmRemember,
}
