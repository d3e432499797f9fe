namespace FlowStream.Parsing;

/// <summary>
/// The ways in which a device prints that it has no value. Which of them hold for a field is part of its definition: an operator may
/// call a policy "unknown", but no rule is called "N/A". Empty text always means no value; letter case never matters.
/// </summary>
[Flags]
internal enum AbsentForms : ushort
{
    /// <summary>Only empty text.</summary>
    Empty = 0,

    /// <summary><c>N/A</c>, <c>NA</c> and <c>NA NA</c>.</summary>
    NotAvailable = 1,

    /// <summary><c>None</c>.</summary>
    NoneWord = 2,

    /// <summary><c>UNKNOWN</c>.</summary>
    Unknown = 4,

    /// <summary><c>INCONCLUSIVE</c>: application identification ended without a result.</summary>
    Inconclusive = 8,

    /// <summary><c>0.0.0.0</c>, <c>::</c> and their <c>/0</c> forms.</summary>
    UnspecifiedAddress = 16,

    /// <summary><c>not-applicable</c>: PAN-OS refused the session before it looked for an application.</summary>
    NotApplicable = 32,

    /// <summary><c>no-serial</c>: the cloud service that wrote a PAN-OS log has no serial number.</summary>
    NoSerial = 64,

    /// <summary><c>4294967295</c>: AppQoE measured nothing.</summary>
    NoMeasurement = 128,

    /// <summary><c>-1</c>: the risk of an application that is not identified.</summary>
    MinusOne = 256,
}
