using System.Globalization;

namespace FlowStream.Parsing.DeviceText;

/// <summary>
/// Reads Junos <c>show security flow session</c>: lines of <c>key: value</c> apart by commas, of which <c>In:</c> and <c>Out:</c> begin the
/// two flows. The brief and the extensive listing differ in which keys stand in which line; this reads by key. <c>In</c> is the flow from
/// the client before translation; <c>Out</c> is the reverse flow after it, so its source is the translated destination.
/// </summary>
internal sealed class JunosFlowReader : IListingReader
{
    private const string FirstKey = "Session ID:";
    private const string In = "in";
    private const string Out = "out";

    // Before 2001 there was no such device: a smaller start time counts from the start of the system, as releases up to 12.x print it.
    private const long FirstEpochSecond = 1_000_000_000;
    private const long LastEpochSecond = 253_402_300_799;

    private static readonly Dictionary<string, Action<SessionDraft, string>> Keys = new(StringComparer.Ordinal)
    {
        ["session id"] = (draft, value) => draft.Set(DeviceField.SessionId, value),
        ["policy name"] = (draft, value) => SetIndexed(draft, DeviceField.PolicyName, "policy index", value),
        ["application"] = (draft, value) => SetIndexed(draft, DeviceField.ServiceName, "application index", value),
        ["dynamic application"] = (draft, value) => SetApplication(draft, DeviceField.Application, value),
        ["dynamic nested application"] = (draft, value) => SetApplication(draft, DeviceField.NestedApplication, value),
        ["encryption"] = (draft, value) => draft.Set(DeviceField.Encrypted, value),
        ["virtual system"] = (draft, value) => draft.Set(DeviceField.LogicalSystem, value),
        ["logical system"] = (draft, value) => draft.Set(DeviceField.LogicalSystem, value),
        ["ha state"] = (draft, value) => draft.Set(DeviceField.HaState, value),
        ["session state"] = (draft, value) => draft.Set(DeviceField.State, value),
        ["state"] = (draft, value) => draft.Set(value is "Active" or "Backup" ? DeviceField.HaState : DeviceField.State, value),
        ["timeout"] = (draft, value) => draft.Set(DeviceField.Timeout, value),
        ["maximum timeout"] = (draft, value) => draft.Set(DeviceField.Timeout, value),
        ["current timeout"] = (draft, value) => draft.Set(DeviceField.TimeToLive, value),
        ["start time"] = SetStart,
        ["duration"] = (draft, value) => draft.Set(DeviceField.ElapsedTime, value),
        ["in if"] = (draft, value) => draft.Set(DeviceField.PacketIncomingInterface, value),
        ["in interface"] = (draft, value) => draft.Set(DeviceField.PacketIncomingInterface, value),
        ["in pkts"] = (draft, value) => draft.Set(DeviceField.PacketsFromClient, value),
        ["in bytes"] = (draft, value) => draft.Set(DeviceField.BytesFromClient, value),
        ["out if"] = (draft, value) => draft.Set(DeviceField.DestinationInterfaceName, value),
        ["out interface"] = (draft, value) => draft.Set(DeviceField.DestinationInterfaceName, value),
        ["out pkts"] = (draft, value) => draft.Set(DeviceField.PacketsFromServer, value),
        ["out bytes"] = (draft, value) => draft.Set(DeviceField.BytesFromServer, value),
    };

    private readonly SessionDraft _draft;
    private string? _flow;

    public JunosFlowReader(SessionDraft draft) => _draft = draft;

    /// <inheritdoc/>
    public bool Begins(in TextLine line) => line.Begins(FirstKey);

    /// <inheritdoc/>
    public void Begin(in TextLine line)
    {
        _draft.Begin(DeviceListing.JunosFlowSession, line);
        _flow = null;
        ReadPairs(line.Trimmed, DeviceField.State);
    }

    /// <inheritdoc/>
    public bool Continue(in TextLine line)
    {
        bool isIn = line.Begins("In:"), isOut = line.Begins("Out:");
        if (!isIn && !isOut) return ReadPairs(line.Trimmed, null);
        _flow = isIn ? In : Out;
        ReadOnlySpan<char> text = line.Trimmed[(line.Trimmed.IndexOf(':') + 1)..];
        int comma = text.IndexOf(',');
        ReadFlow(comma < 0 ? text : text[..comma], isIn);
        if (comma >= 0) ReadPairs(text[(comma + 1)..], null);
        return true;
    }

    /// <inheritdoc/>
    public void End() => _draft.End(DeviceField.SourceAddress);

    // A word between commas that has no key is the state in the first line of a session, else part of the value before it.
    private bool ReadPairs(ReadOnlySpan<char> text, DeviceField? keyless)
    {
        string? pendingKey = null, pendingValue = null;
        foreach (Range range in text.Split(','))
        {
            ReadOnlySpan<char> part = text[range].Trim(' ');
            if (part.IsEmpty) continue;
            if (ListingKeys.TrySplit(part, out string key, out ReadOnlySpan<char> value) && (value.Length > 0 || Keys.ContainsKey(key)))
            {
                SetPending(pendingKey, pendingValue);
                (pendingKey, pendingValue) = (key, value.ToString());
            }
            else if (keyless is { } field)
            {
                _draft.Set(field, part);
            }
            else if (pendingKey is not null)
            {
                pendingValue = $"{pendingValue}, {part}";
            }
            else
            {
                return false;
            }
        }
        SetPending(pendingKey, pendingValue);
        return true;
    }

    private void SetPending(string? key, string? value)
    {
        if (key is null || value is null) return;
        string inFlow = _flow is null ? key : $"{_flow} {key}";
        // Copies have lines displaced: what is no key of a flow may be one of the session.
        if (Keys.TryGetValue(inFlow, out Action<SessionDraft, string>? set) || Keys.TryGetValue(key, out set)) set(_draft, value);
        else _draft.Extra(inFlow, value);
    }

    // "192.0.2.1/50000 --> 198.51.100.1/443;tcp"; an IPv6 address has colons, the port follows its last slash.
    private void ReadFlow(ReadOnlySpan<char> text, bool isIn)
    {
        const string Arrow = "-->";
        int arrow = text.IndexOf(Arrow);
        if (arrow < 0)
        {
            _draft.Refuse(RefusalReason.MalformedSentence, isIn ? DeviceField.SourceAddress : DeviceField.NatSourceAddress, text.Trim(' '));
            return;
        }
        ReadOnlySpan<char> to = text[(arrow + Arrow.Length)..];
        int semicolon = to.IndexOf(';');
        if (semicolon >= 0) _draft.Set(DeviceField.ProtocolId, to[(semicolon + 1)..]);
        ReadEnd(
            text[..arrow], isIn ? DeviceField.SourceAddress : DeviceField.NatDestinationAddress,
            isIn ? DeviceField.SourcePort : DeviceField.NatDestinationPort);
        ReadEnd(
            semicolon < 0 ? to : to[..semicolon], isIn ? DeviceField.DestinationAddress : DeviceField.NatSourceAddress,
            isIn ? DeviceField.DestinationPort : DeviceField.NatSourcePort);
    }

    private void ReadEnd(ReadOnlySpan<char> text, DeviceField address, DeviceField port)
    {
        int slash = text.LastIndexOf('/');
        _draft.Set(address, slash < 0 ? text : text[..slash]);
        if (slash >= 0) _draft.Set(port, text[(slash + 1)..]);
    }

    // A name and its number in the configuration: "permit-web/7".
    private static void SetIndexed(SessionDraft draft, DeviceField field, string indexKey, string value)
    {
        int slash = DeviceValues.IsAbsent(value) ? -1 : value.LastIndexOf('/');
        draft.Set(field, slash < 0 ? value : value.AsSpan(0, slash));
        if (slash >= 0) draft.Extra(indexKey, value.AsSpan(slash + 1));
    }

    // Log messages print the application's name without the "junos:" that the listing has.
    private static void SetApplication(SessionDraft draft, DeviceField field, string value)
    {
        const string Prefix = "junos:";
        draft.Set(field, value.StartsWith(Prefix, StringComparison.Ordinal) ? value.AsSpan(Prefix.Length) : value);
    }

    private static void SetStart(SessionDraft draft, string value)
    {
        bool isEpoch = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            && seconds is >= FirstEpochSecond and <= LastEpochSecond;
        if (isEpoch) draft.Session.Set(DeviceField.StartTime, new DeviceTime(seconds * 1000, 0));
        else draft.Extra("start time", value);
    }
}
