namespace FlowStream.Parsing.DeviceText;

/// <summary>
/// Reads PAN-OS <c>show session id</c>: <c>Session N</c>, the two flows <c>c2s flow:</c> and <c>s2c flow:</c>, then facts about the session
/// as <c>key : value</c>. It reads by key, because copies of this listing have lines missing, displaced and joined. The flow from server to
/// client is the one after translation: its source is the translated destination. The facts' "layer7 packet count" is not the number of
/// packets on the wire and stays an extra.
/// </summary>
internal sealed class PanosSessionReader : IListingReader
{
    private const string ClientFlow = "c2s flow:";
    private const string ServerFlow = "s2c flow:";

    // Keys that stand behind another in one line.
    private static readonly string[] SecondKeys = [" dport:", " type:"];

    private static readonly Dictionary<string, Action<PanosSessionReader, string>> ClientKeys = new(StringComparer.Ordinal)
    {
        ["source"] = (r, value) => r.SetSource(DeviceField.SourceAddress, DeviceField.SourceZoneName, value),
        ["dst"] = Field(DeviceField.DestinationAddress),
        ["proto"] = Field(DeviceField.ProtocolId),
        ["sport"] = Field(DeviceField.SourcePort),
        ["dport"] = Field(DeviceField.DestinationPort),
        ["state"] = Field(DeviceField.State),
        ["type"] = SetType,
        ["src user"] = Field(DeviceField.Username),
        ["dst user"] = (r, value) => r._draft.Extra("dst user", value),
    };

    private static readonly Dictionary<string, Action<PanosSessionReader, string>> ServerKeys = new(StringComparer.Ordinal)
    {
        ["source"] = (r, value) => r.SetSource(DeviceField.NatDestinationAddress, DeviceField.DestinationZoneName, value),
        ["dst"] = Field(DeviceField.NatSourceAddress),
        ["proto"] = Field(DeviceField.ProtocolId),
        ["sport"] = Field(DeviceField.NatDestinationPort),
        ["dport"] = Field(DeviceField.NatSourcePort),
        ["state"] = (r, value) => r.SetServerState(value),
        ["type"] = SetType,
        ["src user"] = (r, value) => r._draft.Extra("dst user", value),
        ["dst user"] = Field(DeviceField.Username),
    };

    private static readonly Dictionary<string, Action<PanosSessionReader, string>> Facts = new(StringComparer.Ordinal)
    {
        ["start time"] = (r, value) => r.SetStart(value),
        ["timeout"] = Field(DeviceField.Timeout),
        ["time to live"] = Field(DeviceField.TimeToLive),
        ["total byte count(c2s)"] = Field(DeviceField.BytesFromClient),
        ["total byte count(s2c)"] = Field(DeviceField.BytesFromServer),
        ["vsys"] = Field(DeviceField.LogicalSystem),
        ["application"] = Field(DeviceField.Application),
        ["rule"] = Field(DeviceField.PolicyName),
        ["nat-rule"] = (r, value) => r._natRule = value,
        ["ingress interface"] = Field(DeviceField.PacketIncomingInterface),
        ["egress interface"] = Field(DeviceField.DestinationInterfaceName),
        ["prediction triggered by"] = (r, value) => r.SetPrediction(value),
        ["end-reason"] = Field(DeviceField.EndReasonRaw),
        ["tracker stage firewall"] = (r, value) => r._trackerStage = value,
    };

    private readonly SessionDraft _draft;
    private Dictionary<string, Action<PanosSessionReader, string>>? _section;
    private string _natRule = "";
    private string _trackerStage = "";
    private bool _isFlowSeen;

    public PanosSessionReader(SessionDraft draft) => _draft = draft;

    /// <inheritdoc/>
    public bool Begins(in TextLine line) => IsNumbered(line, out _) || (line.Begins(ClientFlow) && !IsBeforeFlows());

    /// <inheritdoc/>
    public void Begin(in TextLine line)
    {
        _draft.Begin(DeviceListing.PanosSessionId, line);
        (_section, _natRule, _trackerStage, _isFlowSeen) = (null, "", "", false);
        if (IsNumbered(line, out ReadOnlySpan<char> id)) _draft.Set(DeviceField.SessionId, id);
        else Continue(line);
    }

    /// <inheritdoc/>
    public bool Continue(in TextLine line)
    {
        if (line.Begins(ClientFlow) || line.Begins(ServerFlow))
        {
            _section = line.Begins(ClientFlow) ? ClientKeys : ServerKeys;
            _isFlowSeen = true;
            return true;
        }
        if (!ListingKeys.TrySplit(line.Trimmed, out string key, out ReadOnlySpan<char> value)) return false;
        if (_section is not null && _section != Facts && _section.TryGetValue(key, out Action<PanosSessionReader, string>? setFlow))
        {
            ReadFlow(setFlow, value);
            return true;
        }
        if (Facts.TryGetValue(key, out Action<PanosSessionReader, string>? setFact))
        {
            _section = Facts;
            setFact(this, value.ToString());
            return true;
        }
        // A sentence that ends in a colon is none of the session's.
        if (value.IsEmpty) return false;
        _draft.Extra(_section == ClientKeys ? $"c2s {key}" : _section == ServerKeys ? $"s2c {key}" : key, value);
        return true;
    }

    /// <inheritdoc/>
    public void End()
    {
        _draft.Set(DeviceField.EndReasonRaw, _trackerStage);
        _draft.Extra("tracker stage firewall", _trackerStage);
        // "rule(vsys1)"; it is the rule of whichever end was translated.
        int bracket = _natRule.LastIndexOf('(');
        ReadOnlySpan<char> rule = bracket < 0 ? _natRule : _natRule.AsSpan(0, bracket);
        string? nat = _draft.Session.Nat;
        if (nat is "source" or "both") _draft.Set(DeviceField.SourceNatRuleName, rule);
        if (nat is "destination" or "both") _draft.Set(DeviceField.DestinationNatRuleName, rule);
        if (nat is null or "none") _draft.Extra("nat-rule", rule);
        if (!_isFlowSeen) _draft.Refuse(RefusalReason.MissingField, DeviceField.SourceAddress, default);
        _draft.End();
    }

    // "sport: 4674   dport: 80", "state: INIT   type: FLOW"; where a copy has the second key in a line of its own, that is read too.
    private void ReadFlow(Action<PanosSessionReader, string> set, ReadOnlySpan<char> value)
    {
        foreach (string second in SecondKeys)
        {
            int at = value.IndexOf(second);
            if (at < 0) continue;
            set(this, value[..at].Trim(' ').ToString());
            _section![second.Trim(' ', ':')](this, value[(at + second.Length)..].Trim(' ').ToString());
            return;
        }
        set(this, value.ToString());
    }

    private bool IsBeforeFlows() => _draft.IsOpen && _draft.Session.Listing == DeviceListing.PanosSessionId && !_isFlowSeen;

    // "Session            4632" and nothing else.
    private static bool IsNumbered(in TextLine line, out ReadOnlySpan<char> id)
    {
        const string Word = "Session ";
        id = default;
        if (!line.Begins(Word)) return false;
        id = line.Trimmed[Word.Length..].TrimStart(' ');
        return !id.IsEmpty && !id.ContainsAnyExceptInRange('0', '9');
    }

    private void SetStart(string value)
    {
        if (DeviceValues.TryReadTime(value, out DeviceTime time)) _draft.Session.Set(DeviceField.StartTime, time);
        else _draft.Extra("start time", value);
    }

    // "192.0.2.1 [trust]"; the address is missing where somebody has taken it out.
    private void SetSource(DeviceField address, DeviceField zone, string value)
    {
        int open = value.IndexOf('['), close = value.LastIndexOf(']');
        _draft.Set(address, open < 0 ? value : value.AsSpan(0, open));
        if (close > open && open >= 0) _draft.Set(zone, value.AsSpan(open + 1, close - open - 1));
    }

    private void SetServerState(string value)
    {
        if (value != _draft.Session.Text(DeviceField.State)) _draft.Extra("s2c state", value);
    }

    private void SetPrediction(string value)
    {
        SetType(this, PanosTypes.Predict);
        _draft.Extra("prediction triggered by", value);
    }

    private static void SetType(PanosSessionReader reader, string value) =>
        reader._draft.Set(DeviceField.SessionType, PanosTypes.Full(value));

    private static Action<PanosSessionReader, string> Field(DeviceField field) => (reader, value) => reader._draft.Set(field, value);
}
