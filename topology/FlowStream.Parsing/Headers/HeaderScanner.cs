using FlowStream.Parsing.Junos;

namespace FlowStream.Parsing.Headers;

/// <summary>
/// Reads any header, word by word from the front until the body begins: PRIs, versions, times, hosts and programs of the device and of the
/// relays in front of it, in whatever order and number. A device's own time and host stand nearest to the body, so the last of each
/// counts. The work is bounded by <see cref="MaxHeaderBytes"/> whatever the message holds.
/// </summary>
internal ref struct HeaderScanner
{
    /// <summary>Longest header looked through: two relays' times and names in front of the device's own.</summary>
    public const int MaxHeaderBytes = 512;

    // APP-NAME, PROCID, MSGID and a nil STRUCTURED-DATA (RFC 5424 section 6) stand between host and body; more words are another daemon's.
    private const int MaxWordsAfterHost = 4;

    private readonly ReadOnlySpan<byte> _message;
    private readonly ReadOnlySpan<byte> _head;
    private Awaited _awaited;
    private DeviceTime? _time;
    private TextSlice _host;
    private Repair _repairs;
    private int _position;
    private int _words;
    private int _firstWord = -1;
    private int _undatedHost = -1;
    private bool _afterVersion;
    private BodyFinder _bodies;

    /// <summary>Starts at the front of <paramref name="message"/>.</summary>
    public HeaderScanner(ReadOnlySpan<byte> message)
    {
        _message = message;
        _head = message[..Math.Min(message.Length, MaxHeaderBytes)];
        _bodies = new BodyFinder(message, _head);
    }

    // What a header begins with comes first: nothing is known yet, a time, a host, other words.
    private enum Awaited : byte
    {
        Anything,
        Time,
        Host,
        Word,
    }

    /// <summary>Reads up to the body.</summary>
    public Refusal Read(out MessageHeader header)
    {
        while (true)
        {
            _position = _bodies.SkipBlanks(_position);
            if (_position >= _head.Length) break;
            if (TryReadPriority() || TryReadTime() || TryReadVersion()) continue;
            if (_bodies.TryFind(_position, out FoundBody body)) return Finish(body, out header);
            Refusal refusal = ReadWord();
            if (refusal.Accepted) continue;
            header = Header(default);
            return refusal;
        }
        header = Header(default);
        return Unknown();
    }

    private readonly MessageHeader Header(in FoundBody body) => new()
    {
        Time = _time,
        Host = _host,
        Tag = body.Tag,
        TagNumber = body.TagNumber,
        Body = body.Body,
        Position = body.Position,
        Repairs = _repairs,
    };

    private Refusal Finish(in FoundBody body, out MessageHeader header)
    {
        if (_message[..body.Position].IndexOfAny((byte)'\n', (byte)'\r') > 0) _repairs |= Repair.WrappedLines;
        header = Header(body);
        return body.Reason == RefusalReason.None ? default : new Refusal(body.Reason, body.Position);
    }

    // Without anything of a header the bytes are no syslog; with it, the first word after the host names who writes.
    private readonly Refusal Unknown() => _awaited == Awaited.Anything
        ? new Refusal(RefusalReason.NoSyslogHeader)
        : new Refusal(RefusalReason.UnknownTag, _firstWord < 0 ? Math.Min(_position, _message.Length) : _firstWord);

    private bool TryReadPriority()
    {
        int length = SyslogHeader.PriorityBytes(_head[_position..]);
        if (length == 0) return false;
        _position += length;
        Await(Awaited.Time);
        _afterVersion = _head[_position..].StartsWith("1 "u8);
        if (_afterVersion) _position += 2;
        return true;
    }

    // A version without a PRI: what a collector leaves of a header when it writes its own in front.
    private bool TryReadVersion()
    {
        ReadOnlySpan<byte> rest = _head[_position..];
        if (!rest.StartsWith("1 "u8)) return false;
        if (!rest[2..].StartsWith("- "u8) && !StampReader.TryRead(rest[2..], out _, out _, out _)) return false;
        _position += 2;
        Await(Awaited.Time);
        _afterVersion = true;
        return true;
    }

    private bool TryReadTime()
    {
        if (!StampReader.TryRead(_head[_position..], out DeviceTime time, out int length, out Repair repair)) return false;
        _position += length;
        _time = time;
        _repairs |= repair;
        _undatedHost = -1;
        Await(Awaited.Host);
        return true;
    }

    private void Await(Awaited awaited)
    {
        _awaited = awaited;
        _afterVersion = false;
        _words = 0;
        _firstWord = -1;
    }

    private Refusal ReadWord()
    {
        int start = _position;
        int end = _head[(start + 1)..].IndexOfAny(HeaderBytes.EndOfWord);
        end = end < 0 ? _head.Length : start + 1 + end;
        ReadOnlySpan<byte> word = _head[start..end];
        _position = end;
        if (HeaderWords.IsFacilityAndSeverity(word))
        {
            if (_awaited == Awaited.Anything) _awaited = Awaited.Time;
            return default;
        }
        if (_awaited == Awaited.Anything && !HeaderWords.IsProgram(word))
        {
            _repairs |= Repair.LeadingBytes;
            return default;
        }
        bool nil = word.Length == 1 && word[0] == '-';
        if (_afterVersion && !nil) return new Refusal(RefusalReason.BadTimestamp, start);
        if (_awaited == Awaited.Time && nil)
        {
            _awaited = Awaited.Host;
            _afterVersion = false;
            return default;
        }
        return ReadHostOrWord(word, start, nil);
    }

    private Refusal ReadHostOrWord(ReadOnlySpan<byte> word, int start, bool nil)
    {
        if (HeaderWords.IsProgram(word))
        {
            if (_firstWord < 0) _firstWord = start;
            _position = start + HeaderWords.ProgramBytes(word);
            _awaited = Awaited.Word;
            return default;
        }
        if (_awaited is Awaited.Host or Awaited.Time)
        {
            if (_awaited == Awaited.Time) _undatedHost = start;
            _awaited = Awaited.Word;
            if (!nil && word.IndexOfAny(HeaderBytes.NotInHost) < 0) _host = new TextSlice(start, word.Length);
            return default;
        }
        // A word between a PRI and the program is the host; several are a time that cannot be read, and the host is behind it.
        if (_undatedHost >= 0)
        {
            _host = default;
            return new Refusal(RefusalReason.BadTimestamp, _undatedHost);
        }
        if (_firstWord < 0) _firstWord = start;
        return ++_words > MaxWordsAfterHost ? Unknown() : default;
    }
}
