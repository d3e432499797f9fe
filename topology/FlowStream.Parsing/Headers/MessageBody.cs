namespace FlowStream.Parsing.Headers;

/// <summary>What follows the header of a message.</summary>
internal enum MessageBody : byte
{
    /// <summary>Nothing that is known.</summary>
    None,

    /// <summary>A Junos tag and the fields as structured data; its bracket or SD-ID may be missing.</summary>
    JunosStructured,

    /// <summary>A Junos tag, a colon and a sentence.</summary>
    JunosSentence,

    /// <summary>Comma-separated columns of PAN-OS.</summary>
    PanosCsv,

    /// <summary>A CEF header: <c>CEF:0|</c>.</summary>
    Cef,

    /// <summary>The number in <c>last message repeated N times</c>, which a syslog daemon writes for lines it left out.</summary>
    RepeatCount,

    /// <summary>A LEEF header: <c>LEEF:1.0|</c> or <c>LEEF:2.0|</c>.</summary>
    Leef,
}
