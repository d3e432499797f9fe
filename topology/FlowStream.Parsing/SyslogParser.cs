using System.Runtime.CompilerServices;
using FlowStream.Parsing.Headers;
using FlowStream.Parsing.Junos;
using FlowStream.Parsing.Panos;

namespace FlowStream.Parsing;

/// <summary>
/// Turns one syslog message into a <see cref="SessionEvent"/>. It reads the session logs of Junos and PAN-OS in the formats of
/// <see cref="MessageShape"/>; whatever else arrives is refused with a reason. It is a function of the
/// message alone, throws for no input and allocates nothing.
/// </summary>
public static class SyslogParser
{
    /// <summary>Parses <paramref name="message"/>, one whole message without its framing.</summary>
    /// <param name="message">The bytes as received; trailing line ends, blanks and NULs and a leading byte order mark do not
    /// matter.</param>
    /// <param name="into">Filled with the event; of kind <see cref="EventKind.None"/> when the message is refused.</param>
    /// <returns>Accepted, or why not and where in <paramref name="message"/>.</returns>
    public static Refusal Parse(ReadOnlySpan<byte> message, SessionEvent into)
    {
        if (message.Length > ParserLimits.MaxMessageBytes)
        {
            into.Load([]);
            return new Refusal(RefusalReason.TooLong, ParserLimits.MaxMessageBytes);
        }
        ReadOnlySpan<byte> trimmed = MessageTrimming.Trim(message, out int start);
        into.Load(trimmed);
        Refusal refusal = trimmed.IsEmpty ? new Refusal(RefusalReason.Empty) : ParseTrimmed(into);
        if (refusal.Accepted) return refusal;
        into.Kind = EventKind.None;
        return refusal with { Position = refusal.Position + start };
    }

    private static Refusal ParseTrimmed(SessionEvent into)
    {
        Refusal refusal = HeaderReader.Read(into.Message, out MessageHeader header);
        into.Time = header.Time;
        into.HostSlice = header.Host;
        into.Repairs = header.Repairs;
        if (!refusal.Accepted) return refusal;
        return header.Body is MessageBody.JunosStructured or MessageBody.JunosSentence
            ? JunosMessage.Read(into, header)
            : ReadOther(into, header);
    }

    // Kept apart: what these readers need room for would be cleared for every message.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Refusal ReadOther(SessionEvent into, in MessageHeader header) => header.Body switch
    {
        MessageBody.PanosCsv => CsvMessage.Read(into, header.Position),
        MessageBody.RepeatCount => RepeatMessage.Read(into, header.Position),
        MessageBody.Cef => CefMessage.Read(into, header.Position),
        _ => LeefMessage.Read(into, header.Position),
    };
}
