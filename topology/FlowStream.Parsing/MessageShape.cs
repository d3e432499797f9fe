namespace FlowStream.Parsing;

/// <summary>The format a message was written in.</summary>
public enum MessageShape : byte
{
    /// <summary>Not recognised.</summary>
    None,

    /// <summary>
    /// Junos structured syslog: RFC 5424 with one structured-data element of the device's fields (<c>junos-structured</c>).
    /// </summary>
    JunosStructured,
}
