namespace FlowStream.Parsing;

/// <summary>
/// Why a message was refused: one value for each malformed shape, used as the dead letter's reason, the metric's tag and the output of
/// <c>flowstream parse</c>. The set is closed; <see cref="RefusalReasons"/> gives each its text.
/// </summary>
public enum RefusalReason : byte
{
    /// <summary>Not refused.</summary>
    None,

    /// <summary>The message has no bytes, or only blanks and line ends.</summary>
    Empty,

    /// <summary>The message is longer than the limit; see <see cref="ParserLimits.MaxMessageBytes"/>.</summary>
    TooLong,

    /// <summary>No syslog header: no PRI in angle brackets, or no version and timestamp after it (RFC 5424 section 6.2).</summary>
    NoSyslogHeader,

    /// <summary>The TIMESTAMP of the header cannot be read (RFC 5424 section 6.2.3).</summary>
    BadTimestamp,

    /// <summary>The message is syslog, but its tag is none that is parsed.</summary>
    UnknownTag,

    /// <summary>The tag is known, but no structured data follows it (RFC 5424 section 6.3).</summary>
    NoStructuredData,

    /// <summary>
    /// The structured data ends before its closing bracket or quote, and what came before that does not say which session it is about. A
    /// line that was cut later is read as far as it goes (<see cref="Repair.MissingClosingBracket"/>).
    /// </summary>
    UnterminatedStructuredData,

    /// <summary>
    /// A parameter is not of the form name="value" (RFC 5424 section 6.3.3), nor damaged in one of the ways of <see cref="Repair"/>.
    /// </summary>
    MalformedParameter,

    /// <summary>There are more parameters than the limit; see <see cref="ParserLimits.MaxParameters"/>.</summary>
    TooManyParameters,

    /// <summary>A field that identifies the session (addresses, ports, protocol, session id) is missing.</summary>
    MissingField,

    /// <summary>
    /// A number that says which session it is (ports, protocol, session id) or counts its traffic (packets, bytes, elapsed time) is none,
    /// or is outside its range. Any other field with such a value is absent (<see cref="Repair.UnreadableValue"/>).
    /// </summary>
    BadNumber,

    /// <summary>The source or destination address is no IPv4 or IPv6 address; a translated address that is none is absent.</summary>
    BadAddress,

    /// <summary>The words of a sentence (Junos standard syslog) are not those of any release.</summary>
    MalformedSentence,

    /// <summary>A PAN-OS log of another type than TRAFFIC.</summary>
    UnknownLogType,

    /// <summary>The columns of a PAN-OS line cannot be told apart: a quote or a brace does not close, or they are too few.</summary>
    MalformedColumns,

    /// <summary>The CEF or LEEF header or its extension is not of the documented form.</summary>
    MalformedExtension,

    /// <summary>A time field holds no time.</summary>
    BadTime,

    /// <summary>The fields were rewritten to a JSON object by an agent on the way; the message of the device is wanted.</summary>
    FlattenedJson,

    /// <summary>A template line: placeholders such as <c>{{ time }}</c> stand where the values belong.</summary>
    TemplatePlaceholder,
}
