namespace FlowStream.Parsing.DeviceText;

/// <summary>
/// Reads PAN-OS <c>show log traffic</c>, three lines and an empty one for each record: time, application, from, source port, source; rule,
/// action, to, destination port, destination; source user, destination user, session info. With <c>show-tracker equal yes</c> the session
/// info is the tracker stage: why the session ended. Addresses may be missing in copies.
/// </summary>
internal sealed class PanosTrafficLogReader : IListingReader
{
    private const int TimeChars = 19;

    // The third line is indented; a user before this column is the source user.
    private const int DestinationUserColumn = 36;

    private static readonly string[] Actions =
        ["allow", "deny", "drop", "drop-icmp", "reset", "reset-client", "reset-server", "reset-both"];

    private readonly SessionDraft _draft;
    private int _lines;

    public PanosTrafficLogReader(SessionDraft draft) => _draft = draft;

    /// <inheritdoc/>
    public bool Begins(in TextLine line) =>
        line.Trimmed.Length > TimeChars && line.Trimmed[4] == '/' && DeviceValues.TryReadTime(line.Trimmed[..TimeChars], out _);

    /// <inheritdoc/>
    public void Begin(in TextLine line)
    {
        _draft.Begin(DeviceListing.PanosTrafficLog, line);
        _lines = 1;
        _draft.Set(DeviceField.EventTime, line.Trimmed[..TimeChars]);
        // The name of an application holds no blank, and may be wider than its column.
        ReadOnlySpan<char> text = line.Trimmed[TimeChars..].TrimStart(' ');
        int blank = text.IndexOf(' ');
        _draft.Set(DeviceField.Application, blank < 0 ? text : text[..blank]);
        if (blank < 0) return;
        ReadEnd(Columns(text[blank..], 2), DeviceField.SourceZoneName, DeviceField.SourcePort, DeviceField.SourceAddress);
    }

    /// <inheritdoc/>
    public bool Continue(in TextLine line)
    {
        switch (_lines)
        {
            case 1 when TryReadRule(line.Trimmed):
                _lines++;
                return true;
            case 2 when line.Text[0] == ' ':
                _lines++;
                ReadInfo(line);
                return true;
            default:
                return false;
        }
    }

    /// <inheritdoc/>
    public void End() => _draft.End(DeviceField.PolicyName);

    private bool TryReadRule(ReadOnlySpan<char> text)
    {
        string[] columns = Columns(text, 3);
        int action = FindAction(columns);
        if (action < 0)
        {
            columns = Words(text);
            action = FindAction(columns);
        }
        if (action < 0) return false;
        _draft.Set(DeviceField.PolicyName, string.Join(' ', columns[..action]));
        _draft.Extra("action", columns[action]);
        ReadEnd(columns.AsSpan(action + 1), DeviceField.DestinationZoneName, DeviceField.DestinationPort, DeviceField.DestinationAddress);
        return true;
    }

    // The rule stands before it, and may have the name of an action itself.
    private static int FindAction(string[] columns) =>
        columns.Length < 2 ? -1 : Array.FindIndex(columns, 1, column => Actions.Contains(column));

    private void ReadInfo(in TextLine line)
    {
        string[] columns = Columns(line.Text, 1);
        _draft.Set(DeviceField.EndReasonRaw, columns[^1]);
        if (columns.Length > 2) _draft.Extra("dst user", columns[1]);
        if (columns.Length < 2) return;
        bool isSource = columns.Length > 2 || line.Text.Length - line.Trimmed.Length < DestinationUserColumn;
        if (isSource) _draft.Set(DeviceField.Username, columns[0]);
        else _draft.Extra("dst user", columns[0]);
    }

    // Zone, port and, where the copy has it, the address: read from the end, because a zone's name may hold blanks.
    private void ReadEnd(ReadOnlySpan<string> columns, DeviceField zone, DeviceField port, DeviceField address)
    {
        if (columns.Length > 1 && DeviceValues.TryReadAddress(columns[^1], out _))
        {
            _draft.Set(address, columns[^1]);
            columns = columns[..^1];
        }
        if (columns.Length > 1)
        {
            _draft.Set(port, columns[^1]);
            columns = columns[..^1];
        }
        _draft.Set(zone, string.Join(' ', columns!));
    }

    // Columns are two blanks apart or more, unless one is as wide as its column: then there are too few, and each word is one.
    private static string[] Columns(ReadOnlySpan<char> text, int least)
    {
        string[] columns = text.ToString().Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return columns.Length >= least ? columns : Words(text);
    }

    private static string[] Words(ReadOnlySpan<char> text) => text.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
