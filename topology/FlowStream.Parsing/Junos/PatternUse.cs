namespace FlowStream.Parsing.Junos;

/// <summary>What the usual value of a key is read as, see <see cref="KeyPattern"/>.</summary>
internal enum PatternUse : byte
{
    /// <summary>There is no quick way for it.</summary>
    Other,

    /// <summary>The text of a field.</summary>
    Text,

    /// <summary>The value of a key without a field.</summary>
    Extra,

    /// <summary>A number of a few digits; none of them is a form of "no value".</summary>
    Number,

    /// <summary>A dotted IPv4 address; 0.0.0.0 may be a form of "no value".</summary>
    Address,
}
