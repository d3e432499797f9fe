namespace FlowStream.Parsing;

/// <summary>The format a message was written in.</summary>
public enum MessageShape : byte
{
    /// <summary>Not recognised.</summary>
    None,

    /// <summary>
    /// Junos structured syslog: one structured-data element (RFC 5424 section 6.3) of the device's fields (<c>junos-structured</c>).
    /// </summary>
    JunosStructured,

    /// <summary>Junos standard syslog: the fields in a sentence, by position (<c>junos-unstructured</c>).</summary>
    JunosUnstructured,

    /// <summary>The PAN-OS default syslog format: comma-separated columns (<c>panos-csv</c>).</summary>
    PanosCsv,

    /// <summary>PAN-OS with a CEF template (<c>panos-cef</c>).</summary>
    PanosCef,

    /// <summary>PAN-OS with a LEEF template (<c>panos-leef</c>).</summary>
    PanosLeef,
}
