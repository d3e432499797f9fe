namespace FlowStream.Parsing.Junos;

/// <summary>What <see cref="DamagedParameter"/> found.</summary>
internal enum ParameterOutcome : byte
{
    /// <summary>A parameter.</summary>
    Parameter,

    /// <summary>The bracket that closes the element.</summary>
    EndOfElement,

    /// <summary>The end of the message where a bracket should be; a parameter that it cut is dropped.</summary>
    EndOfMessage,

    /// <summary>Nothing that can be read.</summary>
    Malformed,
}
