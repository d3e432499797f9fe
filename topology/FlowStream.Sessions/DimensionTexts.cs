namespace FlowStream.Sessions;

/// <summary>Which texts of a session the value of a <see cref="Dimension"/> is taken from.</summary>
[Flags]
public enum DimensionTexts
{
    /// <summary>None: the value is a number or an address.</summary>
    None = 0,

    /// <summary>The name of the device.</summary>
    Device = 1,

    /// <summary>The logical or virtual system.</summary>
    LogicalSystem = 2,

    /// <summary>What the message itself says.</summary>
    Own = 4,

    /// <summary>The user of the message.</summary>
    Person = 8,

    /// <summary>What the message says that tells the session's start.</summary>
    Start = 16,
}
