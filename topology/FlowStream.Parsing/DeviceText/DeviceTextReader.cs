namespace FlowStream.Parsing.DeviceText;

/// <summary>
/// Reads the session listings that devices print on their terminals (<see cref="DeviceListing"/>), with whatever stands around them:
/// several listings, prompts, banners and prose may be in one text. Which listing it is shows in the first line of each session. Text comes
/// in pieces of any size; sessions go out one by one, so that the length of a text does not matter. A line that belongs to no listing is
/// handed on as such; nothing is left out but empty lines, prompts, and the drawing of tables.
/// </summary>
public sealed class DeviceTextReader
{
    private readonly IDeviceTextOutput _output;
    private readonly LineSplitter _lines = new();
    private readonly ListingContext _context = new();
    private readonly SessionDraft _draft;
    private readonly IListingReader[] _readers;
    private IListingReader? _open;

    /// <summary>Makes a reader.</summary>
    /// <param name="output">Takes what is read.</param>
    public DeviceTextReader(IDeviceTextOutput output)
    {
        _output = output;
        _draft = new SessionDraft(output, _context);
        _readers =
        [
            new JunosFlowReader(_draft), new PanosSessionReader(_draft),
            new PanosSessionAllReader(_draft), new PanosTrafficLogReader(_draft),
        ];
    }

    /// <summary>Reads on.</summary>
    /// <param name="text">The next piece of the text: any bytes, cut anywhere.</param>
    public void Append(ReadOnlySpan<byte> text)
    {
        while (_lines.TryRead(ref text, out ReadOnlySpan<byte> line)) Take(line);
    }

    /// <summary>Ends the text: hands on its last session.</summary>
    public void Complete()
    {
        if (_lines.TryReadLast(out ReadOnlySpan<byte> line)) Take(line);
        EndSession();
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        if (_lines.TooLong)
        {
            _output.Refused(new DeviceTextRefusal(RefusalReason.TooLong, _lines.Number, _lines.Number, null, ""));
            return;
        }
        TextLine line = TextLine.Of(_lines.Number, bytes);
        if (line.IsBlank || ListingFrame.IsDrawing(line) || TakeFrame(line)) return;
        foreach (IListingReader reader in _readers)
        {
            if (!reader.Begins(line)) continue;
            EndSession();
            _open = reader;
            reader.Begin(line);
            return;
        }
        if (_open is not null)
        {
            _draft.MoveTo(line);
            if (_open.Continue(line)) return;
        }
        _output.Unread(line.Number, SessionDraft.Excerpt(line.Text));
    }

    private bool TakeFrame(in TextLine line)
    {
        if (ListingFrame.IsPrompt(line, out string? host))
        {
            EndSession();
            _context.Begin(host);
            return true;
        }
        if (ListingFrame.IsFence(line))
        {
            EndSession();
            return true;
        }
        if (ListingFrame.IsNode(line, out string node))
        {
            EndSession();
            (_context.Node, _context.Unit) = (node, null);
            return true;
        }
        if (ListingFrame.IsUnit(line, out string unit))
        {
            EndSession();
            _context.Unit = unit;
            return true;
        }
        if (!ListingFrame.IsTotal(line, out long total)) return false;
        EndSession();
        _output.Total(line.Number, total, _context.Sessions);
        _context.Sessions = 0;
        return true;
    }

    private void EndSession()
    {
        _open?.End();
        _open = null;
    }
}
