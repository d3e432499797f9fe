namespace FlowStream.Parsing.Headers;

/// <summary>What stands before the fields of a message, in whatever form: who wrote it, when, and what it is.</summary>
internal record struct MessageHeader
{
    /// <summary>When the device wrote the message, or when a relay did where the device does not say; null when nobody does.</summary>
    public DeviceTime? Time { get; set; }

    /// <summary>The device, or the name or address a relay gives it where it does not say; empty when nobody does.</summary>
    public TextSlice Host { get; set; }

    /// <summary>The Junos tag; empty for the other bodies and where fields or words show it, because the message has lost it.</summary>
    public TextSlice Tag { get; set; }

    /// <summary>
    /// The number of the tag in <see cref="Junos.TagTable"/>: of <see cref="Tag"/>, where it was looked up already, or of the one that
    /// fields or words show; 0 elsewhere.
    /// </summary>
    public int TagNumber { get; set; }

    /// <summary>What follows.</summary>
    public MessageBody Body { get; set; }

    /// <summary>
    /// Where the fields begin: at the bracket of structured data or where it should be, at the first word of a sentence (after the tag and
    /// its colon), at the number of repeated lines, at the first column, at <c>CEF:</c> or <c>LEEF:</c>.
    /// </summary>
    public int Position { get; set; }

    /// <summary>What was wrong and was read all the same.</summary>
    public Repair Repairs { get; set; }
}
