namespace FlowStream.Parsing.Panos;

/// <summary>How the value of a CEF or LEEF key is taken.</summary>
internal enum ExtensionUse : byte
{
    /// <summary>As the value of a column of the CSV format.</summary>
    Column,

    /// <summary>As a custom field of CEF (<c>cs1</c>), whose meaning its label tells.</summary>
    CustomValue,

    /// <summary>As the label of a custom field (<c>cs1Label</c>).</summary>
    CustomLabel,

    /// <summary>As the log type.</summary>
    LogType,

    /// <summary>As the zone of all times that state none (<c>dtz</c>).</summary>
    TimeZone,
}
