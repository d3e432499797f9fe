namespace FlowStream.Parsing.DeviceText;

/// <summary>
/// Reads PAN-OS <c>show session all</c>, two lines for each session:
/// <c>ID Application State Type Flag Src[Sport]/Zone/Proto (translated IP[Port])</c> and <c>Vsys Dst[Dport]/Zone (translated IP[Port])</c>.
/// The flag column is empty, <c>NS</c>, <c>ND</c> or <c>NB</c> (source, destination, both translated), and may have a <c>*</c>.
/// </summary>
internal sealed class PanosSessionAllReader : IListingReader
{
    // ID, application, state, type, and at most one word of flags.
    private const int LeastWords = 4;
    private const int MostWords = 5;

    private readonly SessionDraft _draft;
    private bool _isWhole;

    public PanosSessionAllReader(SessionDraft draft) => _draft = draft;

    /// <inheritdoc/>
    public bool Begins(in TextLine line) => TryCut(line.Trimmed, out string[] words, out _)
        && words.Length is LeastWords or MostWords && words[0].All(char.IsAsciiDigit) && PanosTypes.IsType(words[3]);

    /// <inheritdoc/>
    public void Begin(in TextLine line)
    {
        _draft.Begin(DeviceListing.PanosSessionAll, line);
        _isWhole = false;
        TryCut(line.Trimmed, out string[] words, out ReadOnlySpan<char> ends);
        _draft.Set(DeviceField.SessionId, words[0]);
        _draft.Set(DeviceField.Application, words[1]);
        _draft.Set(DeviceField.State, words[2]);
        _draft.Set(DeviceField.SessionType, PanosTypes.Full(words[3]));
        if (words.Length == MostWords) _draft.Extra("flag", words[4]);

        ReadOnlySpan<char> place = ReadEnds(
            ends, DeviceField.SourceAddress, DeviceField.SourcePort, DeviceField.NatSourceAddress, DeviceField.NatSourcePort);
        int slash = place.LastIndexOf('/');
        _draft.Set(DeviceField.SourceZoneName, slash < 0 ? place : place[..slash]);
        if (slash >= 0) _draft.Set(DeviceField.ProtocolId, place[(slash + 1)..]);
    }

    /// <inheritdoc/>
    public bool Continue(in TextLine line)
    {
        if (_isWhole || !TryCut(line.Trimmed, out string[] words, out ReadOnlySpan<char> ends) || words.Length > 1) return false;
        _isWhole = true;
        if (words.Length == 1) _draft.Set(DeviceField.LogicalSystem, words[0]);
        ReadOnlySpan<char> place = ReadEnds(
            ends, DeviceField.DestinationAddress, DeviceField.DestinationPort,
            DeviceField.NatDestinationAddress, DeviceField.NatDestinationPort);
        _draft.Set(DeviceField.DestinationZoneName, place);
        return true;
    }

    /// <inheritdoc/>
    public void End() => _draft.End(DeviceField.DestinationAddress);

    // The words before "address[port]/", and the rest from the address on.
    private static bool TryCut(ReadOnlySpan<char> text, out string[] words, out ReadOnlySpan<char> ends)
    {
        words = [];
        ends = default;
        int open = text.IndexOf('[');
        if (open <= 0 || text[open..].IndexOf("]/") < 0) return false;
        int start = text[..open].LastIndexOf(' ') + 1;
        words = text[..start].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        ends = text[start..];
        return true;
    }

    // "192.0.2.1[50000]/trust/6  (198.51.100.1[1024])": sets what stands before and in the round brackets, returns "trust/6".
    private ReadOnlySpan<char> ReadEnds(
        ReadOnlySpan<char> text, DeviceField address, DeviceField port, DeviceField natAddress, DeviceField natPort)
    {
        int place = text.IndexOf("]/");
        ReadOnlySpan<char> rest = text[(place + 2)..];
        int translated = rest.LastIndexOf('(');
        if (translated >= 0) ReadEnd(rest[(translated + 1)..], natAddress, natPort);
        ReadEnd(text[..(place + 1)], address, port);
        return (translated < 0 ? rest : rest[..translated]).Trim(' ');
    }

    private void ReadEnd(ReadOnlySpan<char> text, DeviceField address, DeviceField port)
    {
        int open = text.IndexOf('['), close = text.IndexOf(']');
        if (open < 0 || close < open)
        {
            _draft.Refuse(RefusalReason.BadAddress, address, text);
            return;
        }
        _draft.Set(address, text[..open]);
        _draft.Set(port, text[(open + 1)..close]);
    }
}
