namespace FlowStream.Parsing.Headers;

/// <summary>What stands before the fields of a message, in whatever form: who wrote it, when, and what it is.</summary>
internal readonly struct MessageHeader
{
    /// <summary>When the device wrote the message, or null when the header does not say.</summary>
    public DeviceTime? Time { get; init; }

    /// <summary>The device; empty when the header does not say.</summary>
    public TextSlice Host { get; init; }

    /// <summary>The Junos tag; empty for the other bodies.</summary>
    public TextSlice Tag { get; init; }

    /// <summary>What follows.</summary>
    public MessageBody Body { get; init; }

    /// <summary>
    /// Where the fields begin: at the bracket of structured data, at the first word of a sentence (after the tag and its colon), at the
    /// first column, at <c>CEF:</c> or <c>LEEF:</c>.
    /// </summary>
    public int Position { get; init; }

    /// <summary>What was wrong and was read all the same.</summary>
    public Repair Repairs { get; init; }
}
