namespace FlowStream.Producers.Framing;

/// <summary>
/// Finds the messages in a TCP stream of syslog. Both methods of RFC 6587 are told apart for each message: octet counting (section
/// 3.4.1) when it begins with a count, a blank and the <c>&lt;</c> of a PRI; else a line that ends with LF (section 3.4.2). A line that
/// happens to begin with a number is thereby still a line. Both are ended early by a message that begins inside of them, see
/// <see cref="MessageBoundary"/>.
/// </summary>
/// <remarks>
/// It consumes no part of an unfinished frame, except of a line that is already too long, whose rest is skipped up to its LF. A count
/// beyond the limit cannot be trusted, and neither can what follows it, so the stream is given up.
/// </remarks>
public sealed class SyslogFramer
{
    /// <summary>
    /// Most digits of a count: enough for every length that is allowed, and for one digit more to see that it is too long.
    /// </summary>
    public const int MaxCountDigits = 7;

    private const byte LineFeed = (byte)'\n';
    private readonly int _maxMessageBytes;
    private bool _skippingLine;
    private bool _afterCounted;

    /// <summary>Makes a framer for one stream.</summary>
    /// <param name="maxMessageBytes">Longest message that is accepted.</param>
    public SyslogFramer(int maxMessageBytes) => _maxMessageBytes = maxMessageBytes;

    /// <summary>Bytes of buffer with which every accepted message can be held whole, with its count or what shows its end.</summary>
    public int BufferBytes => _maxMessageBytes + MessageBoundary.MaxBytes + 2;

    /// <summary>Looks at the front of what has arrived.</summary>
    /// <param name="buffer">Everything that has arrived and was not consumed.</param>
    public FrameResult Next(ReadOnlySpan<byte> buffer)
    {
        if (buffer.IsEmpty) return default;
        if (_skippingLine) return SkipLine(buffer);
        if (_afterCounted && buffer[0] is LineFeed or (byte)'\r') return new FrameResult(FrameStatus.Skipped, 1);
        return TryCount(buffer, out int digits, out long count) switch
        {
            CountKind.Unknown => default,
            CountKind.Count => Counted(buffer, digits + 1, count),
            _ => Line(buffer),
        };
    }

    /// <summary>The stream has ended: what is left over. To be called until it returns incomplete.</summary>
    /// <param name="rest">What was not consumed.</param>
    /// <returns>
    /// A last line without its LF as a frame (RFC 6587 senders that close after the last message), an unfinished counted frame as
    /// rejected, or incomplete when nothing is left. A counted frame that lacks bytes but ends with an LF had a wrong count.
    /// </returns>
    public FrameResult End(ReadOnlySpan<byte> rest)
    {
        FrameResult next = Next(rest);
        if (rest.IsEmpty || _skippingLine || next.Status != FrameStatus.Incomplete) return next;
        CountKind kind = TryCount(rest, out int digits, out _);
        if (kind == CountKind.Line)
        {
            return rest.Length <= _maxMessageBytes
                ? new FrameResult(FrameStatus.Frame, rest.Length, 0, rest.Length)
                : new FrameResult(FrameStatus.Rejected, rest.Length, Reason: RejectReason.TooLong);
        }
        if (kind == CountKind.Count)
        {
            int start = digits + 1;
            int end = MessageBoundary.Find(rest[start..]);
            if (end < 0 && rest[^1] == LineFeed) end = rest.Length - start;
            if (end > 0) return CutShort(rest, start, end);
        }
        return new FrameResult(FrameStatus.Rejected, rest.Length, Reason: RejectReason.UnfinishedFrame);
    }

    private FrameResult Counted(ReadOnlySpan<byte> buffer, int start, long count)
    {
        if (count > _maxMessageBytes) return new FrameResult(FrameStatus.Lost, buffer.Length, Reason: RejectReason.TooLong);
        int length = (int)count;
        if (buffer.Length - start < length) return default;
        _afterCounted = true;
        int end = MessageBoundary.Find(buffer.Slice(start, length));
        return end > 0 ? CutShort(buffer, start, end) : new FrameResult(FrameStatus.Frame, start + length, start, length);
    }

    // The count was too large: what it counted ends before the next message, and the line end between the two belongs to neither.
    private static FrameResult CutShort(ReadOnlySpan<byte> buffer, int start, int end)
    {
        int length = end;
        while (length > 0 && buffer[start + length - 1] is LineFeed or (byte)'\r') length--;
        return new FrameResult(FrameStatus.Frame, start + end, start, length);
    }

    private FrameResult Line(ReadOnlySpan<byte> buffer)
    {
        int end = buffer.IndexOf(LineFeed);
        // No further than where a message that is short enough shows its end: how much has arrived must not matter.
        int seen = Math.Min(end < 0 ? buffer.Length : end, _maxMessageBytes + MessageBoundary.MaxBytes);
        int next = MessageBoundary.Find(buffer[..seen]);
        if (next > 0 && next <= _maxMessageBytes)
        {
            _afterCounted = false;
            return new FrameResult(FrameStatus.Frame, next, 0, next);
        }
        if (end < 0 && buffer.Length <= _maxMessageBytes + MessageBoundary.MaxBytes) return default;
        _afterCounted = false;
        if (end >= 0 && end <= _maxMessageBytes)
        {
            return end == 0
                ? new FrameResult(FrameStatus.Rejected, 1, Reason: RejectReason.Empty)
                : new FrameResult(FrameStatus.Frame, end + 1, 0, end);
        }
        _skippingLine = end < 0;
        return new FrameResult(FrameStatus.Rejected, end < 0 ? buffer.Length : end + 1, Reason: RejectReason.TooLong);
    }

    private FrameResult SkipLine(ReadOnlySpan<byte> buffer)
    {
        int end = buffer.IndexOf(LineFeed);
        _skippingLine = end < 0;
        return new FrameResult(FrameStatus.Skipped, end < 0 ? buffer.Length : end + 1);
    }

    private static CountKind TryCount(ReadOnlySpan<byte> buffer, out int digits, out long count)
    {
        digits = 0;
        count = 0;
        if (buffer[0] is < (byte)'1' or > (byte)'9') return CountKind.Line;
        while (digits < buffer.Length && digits <= MaxCountDigits && char.IsAsciiDigit((char)buffer[digits]))
            count = (count * 10) + (buffer[digits++] - '0');
        if (digits > MaxCountDigits) return CountKind.Line;
        if (digits == buffer.Length) return CountKind.Unknown;
        if (buffer[digits] != ' ') return CountKind.Line;
        if (digits + 1 == buffer.Length) return CountKind.Unknown;
        return buffer[digits + 1] == '<' ? CountKind.Count : CountKind.Line;
    }

    private enum CountKind : byte
    {
        Line,
        Count,
        Unknown,
    }
}
