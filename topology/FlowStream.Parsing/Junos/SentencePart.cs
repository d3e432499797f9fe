namespace FlowStream.Parsing.Junos;

/// <summary>What a piece of a standard (unstructured) message looks like, and so how far it reaches.</summary>
internal enum SentencePart : byte
{
    /// <summary>One word of any text; empty where two blanks meet.</summary>
    Word,

    /// <summary>Digits.</summary>
    Number,

    /// <summary>A number, -1 among them, or a form of "no value".</summary>
    MaybeNumber,

    /// <summary>The name of an interface, or a form of "no value".</summary>
    Interface,

    /// <summary>Yes, No, or that it is not known.</summary>
    YesNo,

    /// <summary>The type of an APBR rule.</summary>
    ApbrRuleType,

    /// <summary>A category of applications.</summary>
    Category,

    /// <summary>Two addresses with ports and an arrow between them.</summary>
    Flow,

    /// <summary>A number of 32 bits in hexadecimal after 0x.</summary>
    Tag,

    /// <summary>The type of a NAT rule: one word, or two of which the second is "rule".</summary>
    RuleType,

    /// <summary>A number and another in parentheses.</summary>
    Counts,

    /// <summary>The name of a user and roles in parentheses, either of which may hold blanks and parentheses.</summary>
    Names,

    /// <summary>Words up to the colon before a flow.</summary>
    ReasonOfClose,

    /// <summary>Words up to the next number or the end.</summary>
    ReasonOfDeny,

    /// <summary>The phrases that describe an application, each ended by a semicolon, or one word.</summary>
    Characteristics,

    /// <summary>A host name of one word, or "NA NA".</summary>
    HostName,
}
