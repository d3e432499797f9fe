namespace FlowStream.Parsing;

/// <summary>
/// What was wrong with a message that could be read all the same. A message may need several; it is counted as repaired once for each.
/// The set is closed; <see cref="RepairNames"/> gives each its text.
/// </summary>
[Flags]
public enum Repair
{
    /// <summary>Nothing was wrong.</summary>
    None = 0,

    /// <summary>Bytes before the header belong to no header: noise, or a frame's octet count.</summary>
    LeadingBytes = 1 << 0,

    /// <summary>The octet count of the next frame is glued to the end (RFC 6587 section 3.4.1 cut at line ends).</summary>
    TrailingCount = 1 << 1,

    /// <summary>The message was wrapped over several lines.</summary>
    WrappedLines = 1 << 2,

    /// <summary>A timestamp with a blank for a leading zero, or an offset without it.</summary>
    Timestamp = 1 << 3,

    /// <summary>The tag is misspelled in a way that is known.</summary>
    MisspelledTag = 1 << 4,

    /// <summary>The bracket that opens the structured data is missing.</summary>
    MissingOpeningBracket = 1 << 5,

    /// <summary>The bracket that closes the structured data is missing.</summary>
    MissingClosingBracket = 1 << 6,

    /// <summary>The SD-ID is not separated from the first parameter, or by a no-break space (U+00A0).</summary>
    SdIdSeparator = 1 << 7,

    /// <summary>Two parameters are not separated by a blank.</summary>
    ParameterSeparator = 1 << 8,

    /// <summary>Typographic quotes (U+201C, U+201D and their like) stand for quotes.</summary>
    TypographicQuotes = 1 << 9,

    /// <summary>A quote is missing, or one too many.</summary>
    StrayQuote = 1 << 10,

    /// <summary>A key came twice; the first stands.</summary>
    DuplicateKey = 1 << 11,

    /// <summary>Blanks inside the quotes around a value, or more of them than one between words.</summary>
    StrayBlanks = 1 << 12,

    /// <summary>Quotes of a column are escaped with a backslash instead of doubled (RFC 4180 section 2).</summary>
    EscapedQuotes = 1 << 13,

    /// <summary>Columns are missing at the start or the end of the line.</summary>
    MissingColumns = 1 << 14,

    /// <summary>A value that is none of its kind was read as absent.</summary>
    UnreadableValue = 1 << 15,
}
