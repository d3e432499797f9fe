namespace FlowStream.Producers.Framing;

/// <summary>One step of the framer.</summary>
/// <param name="Status">What was found.</param>
/// <param name="Consumed">Bytes to drop from the front of the buffer; 0 when incomplete.</param>
/// <param name="Start">Where the frame begins, when there is one.</param>
/// <param name="Length">How long the frame is, without its count or line end.</param>
/// <param name="Reason">Why, when rejected or lost.</param>
public readonly record struct FrameResult(
    FrameStatus Status, int Consumed = 0, int Start = 0, int Length = 0, RejectReason Reason = RejectReason.None);
