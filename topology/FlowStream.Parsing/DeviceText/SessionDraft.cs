namespace FlowStream.Parsing.DeviceText;

/// <summary>
/// The session that is being read. A value that cannot be read makes it a refusal, of which the first fault is told; its other lines
/// still belong to it.
/// </summary>
internal sealed class SessionDraft
{
    private readonly IDeviceTextOutput _output;
    private readonly ListingContext _context;
    private DeviceSession? _session;
    private DeviceTextRefusal? _refusal;
    private long _line;

    public SessionDraft(IDeviceTextOutput output, ListingContext context)
    {
        _output = output;
        _context = context;
    }

    /// <summary>The session so far.</summary>
    /// <exception cref="InvalidOperationException">None has begun.</exception>
    public DeviceSession Session => _session ?? throw new InvalidOperationException("No session has begun.");

    /// <summary>True when a session has begun and not ended.</summary>
    public bool IsOpen => _session is not null;

    /// <summary>Begins a session.</summary>
    public void Begin(DeviceListing listing, in TextLine line)
    {
        _session = new DeviceSession(listing, line.Number, _context.DeviceHost, _context.Node, _context.Unit);
        _refusal = null;
        _line = line.Number;
    }

    /// <summary>What is set from here on stands in <paramref name="line"/>.</summary>
    public void MoveTo(in TextLine line) => _line = line.Number;

    /// <summary>Reads the value of a field; the first value of a field stands.</summary>
    public void Set(DeviceField field, ReadOnlySpan<char> text)
    {
        text = text.Trim(' ');
        if (DeviceValues.IsAbsent(text)) return;
        RefusalReason fault = DeviceValues.Read(field.Kind(), text, out object? value);
        if (fault == RefusalReason.None) Session.Set(field, value!);
        else Refuse(fault, field, text);
    }

    /// <summary>Adds a value that has no field.</summary>
    /// <param name="key">The device's own.</param>
    /// <param name="value">Its text; absent forms are left out.</param>
    public void Extra(string key, ReadOnlySpan<char> value)
    {
        value = value.Trim(' ');
        if (DeviceValues.IsAbsent(value)) return;
        if (!Session.TryAddExtra(ListingKeys.Name(key), value.ToString())) Refuse(RefusalReason.TooManyParameters, null, key);
    }

    /// <summary>Makes the session a refusal.</summary>
    public void Refuse(RefusalReason reason, DeviceField? field, ReadOnlySpan<char> text) =>
        _refusal ??= new DeviceTextRefusal(reason, Session.Line, _line, field, Excerpt(text));

    /// <summary>Ends the session and hands it on.</summary>
    /// <param name="needed">A field without which it is not whole.</param>
    public void End(DeviceField? needed = null)
    {
        if (needed is { } field && !Session.Has(field)) Refuse(RefusalReason.MissingField, field, default);
        if (_refusal is not null)
        {
            _output.Refused(_refusal);
        }
        else
        {
            _context.Sessions++;
            _output.Session(Session);
        }
        _session = null;
    }

    /// <summary>A piece of a line that is short enough to be shown.</summary>
    public static string Excerpt(ReadOnlySpan<char> text) =>
        text[..Math.Min(text.Length, DeviceTextLimits.MaxExcerptChars)].ToString();
}
