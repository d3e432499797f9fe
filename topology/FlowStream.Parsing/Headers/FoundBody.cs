namespace FlowStream.Parsing.Headers;

/// <summary>Where the fields of a message begin, and what they are; see <see cref="MessageHeader"/>.</summary>
/// <param name="Body">What they are.</param>
/// <param name="Position">Where they begin; with a <paramref name="Reason"/>, where the fault is seen.</param>
/// <param name="Tag">The Junos tag, where one is printed.</param>
/// <param name="Reason">Why the body cannot be read though it is recognised.</param>
/// <param name="TagNumber">The number in the table of tags of <paramref name="Tag"/> or of the one that fields or words show; 0 when
/// there is none.</param>
internal readonly record struct FoundBody(
    MessageBody Body, int Position, TextSlice Tag = default, RefusalReason Reason = RefusalReason.None, int TagNumber = 0);
