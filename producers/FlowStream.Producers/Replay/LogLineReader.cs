using FlowStream.Parsing;

namespace FlowStream.Producers.Replay;

/// <summary>
/// Reads syslog lines from a file and gives each what the producer would have given it on arrival: its flow key and a timestamp, which
/// here is the line's own. A line without a readable time has that of the line before it. A line without a year has the year that puts it
/// nearest to the line before it, so that a file runs on over New Year; the first of them has the last year that puts it before the end of
/// the file.
/// </summary>
public sealed class LogLineReader : IDisposable
{
    private const byte LineFeed = (byte)'\n';

    // Clocks east of Greenwich are ahead of the file's time by up to this much, and say so only with a zone.
    private static readonly TimeSpan MaxZone = TimeSpan.FromHours(14);

    // Two of the longest lines, so that a whole one always fits.
    private readonly byte[] _buffer = new byte[(2 * ParserLimits.MaxMessageBytes) + 2];
    private readonly byte[] _key = new byte[FlowKey.MaxBytes];
    private readonly SessionEvent _event = new();
    private readonly Stream _stream;
    private readonly long _lastTime;
    private int _start;
    private int _length;
    private int _next;
    private int _end;
    private int _keyLength;
    private bool _ended;
    private bool _dated;
    private bool _skipping;

    /// <summary>Reads from <paramref name="stream"/>, which it disposes.</summary>
    /// <param name="stream">The lines.</param>
    /// <param name="firstTime">Time of lines before the first one that states its own.</param>
    /// <param name="lastTime">No line is later: when the file was last written.</param>
    public LogLineReader(Stream stream, DateTimeOffset firstTime, DateTimeOffset lastTime)
    {
        _stream = stream;
        _lastTime = (lastTime + MaxZone).ToUnixTimeMilliseconds();
        Timestamp = firstTime.ToUnixTimeMilliseconds();
    }

    /// <summary>The line, without its end.</summary>
    public ReadOnlySpan<byte> Line => _buffer.AsSpan(_start, _length);

    /// <summary>Flow key of the line; empty when it holds no tuple.</summary>
    public ReadOnlySpan<byte> Key => _key.AsSpan(0, _keyLength);

    /// <summary>Unix milliseconds of the line.</summary>
    public long Timestamp { get; private set; }

    /// <summary>Lines skipped because they are longer than <see cref="ParserLimits.MaxMessageBytes"/>.</summary>
    public long TooLong { get; private set; }

    /// <summary>Moves to the next line that is not empty.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public bool Read()
    {
        while (NextLine())
        {
            if (_length == 0) continue;
            Describe();
            return true;
        }
        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private void Describe()
    {
        SyslogParser.Parse(Line, _event);
        // A device that prints no zone is taken at its word as UTC: a file has no arrival time to infer one from.
        if (_event.Time is { } stated)
        {
            DeviceTime time = _dated ? stated.InYearNearest(Timestamp) : stated.InLastYearUntil(_lastTime);
            Timestamp = time.UnixMilliseconds ?? time.LocalMilliseconds;
            _dated = true;
        }
        _keyLength = FlowKey.TryWrite(Line, _key, out int written) ? written : 0;
    }

    private bool NextLine()
    {
        while (true)
        {
            int length = _buffer.AsSpan(_next, _end - _next).IndexOf(LineFeed);
            bool ends = length >= 0;
            if (!ends)
            {
                length = _end - _next;
                if (_ended && length == 0) return false;
                if (!_ended && length <= ParserLimits.MaxMessageBytes)
                {
                    Fill();
                    continue;
                }
            }
            bool restOfRefused = _skipping;
            _skipping = !ends && !_ended;
            (_start, _length) = (_next, length);
            _next += ends ? length + 1 : length;
            if (restOfRefused) continue;
            if (length <= ParserLimits.MaxMessageBytes) return true;
            TooLong++;
        }
    }

    private void Fill()
    {
        _buffer.AsSpan(_next, _end - _next).CopyTo(_buffer);
        _end -= _next;
        _next = 0;
        int read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _ended = read == 0;
    }
}
