using System.Buffers;
using FlowStream.Parsing.Junos;

namespace FlowStream.Parsing.Headers;

/// <summary>
/// Tells whether a body begins at a word: by a tag of Junos, by the words of a sentence or a bracket whose tag was lost, by the first
/// columns of PAN-OS, by the names of CEF and LEEF. It looks at each byte of the head a bounded number of times.
/// </summary>
internal ref struct BodyFinder
{
    // Shortest tag that is parsed, and how many underscores the names of Junos messages have at least: programs have fewer.
    private const int MinTagBytes = 8;
    private const int MinUnderscores = 2;

    private static readonly SearchValues<byte> InTag = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"u8);

    private readonly ReadOnlySpan<byte> _message;
    private readonly ReadOnlySpan<byte> _head;
    private CsvStart _csv;
    private bool _triedBracket;

    /// <summary>Looks in <paramref name="head"/>, the front of <paramref name="message"/>.</summary>
    public BodyFinder(ReadOnlySpan<byte> message, ReadOnlySpan<byte> head)
    {
        _message = message;
        _head = head;
        _csv = new CsvStart(head);
    }

    /// <summary>The position of the next word: behind blanks and the byte order mark of a UTF-8 MSG (RFC 5424 section 6.4).</summary>
    public readonly int SkipBlanks(int position)
    {
        while (position < _head.Length)
        {
            if (HeaderBytes.IsBlank(_head[position])) position++;
            else if (_head[position] == 0xEF && _head[position..].StartsWith("\uFEFF"u8)) position += 3;
            else break;
        }
        return position;
    }

    /// <summary>Looks at the word at <paramref name="position"/>.</summary>
    public bool TryFind(int position, out FoundBody body)
    {
        ReadOnlySpan<byte> rest = _head[position..];
        switch (rest[0])
        {
            case (byte)'[':
                return TryFindUntagged(position, out body);
            case (byte)'{':
                return TryFindForeign(position, rest, out body);
            case (byte)'C' when rest.StartsWith("CEF:"u8):
                body = new FoundBody(MessageBody.Cef, position);
                return true;
            case (byte)'L' when rest.StartsWith("LEEF:"u8):
                body = new FoundBody(MessageBody.Leef, position);
                return true;
            case (byte)',' or (>= (byte)'0' and <= (byte)'9') when _csv.IsAt(position):
                body = new FoundBody(MessageBody.PanosCsv, position);
                return true;
        }
        return TryFindTag(position, out body) || SentenceStart.TryFind(rest, position, out body);
    }

    // A bracket that no tag stands in front of. Its parameters are looked through once, so that many brackets cost no more than one.
    private bool TryFindUntagged(int position, out FoundBody body)
    {
        body = default;
        if (_triedBracket) return false;
        _triedBracket = true;
        int tag = TagInference.FromFields(_message, position);
        if (tag > 0) body = new FoundBody(MessageBody.JunosStructured, position, TagNumber: tag);
        return tag > 0;
    }

    private static bool TryFindForeign(int position, ReadOnlySpan<byte> rest, out FoundBody body)
    {
        body = default;
        int next = rest[1..].IndexOfAnyExcept(" \t\r\n"u8) + 1;
        RefusalReason reason = next > 0 && rest[next] == '"' ? RefusalReason.FlattenedJson
            : rest.StartsWith("{{"u8) ? RefusalReason.TemplatePlaceholder
            : RefusalReason.None;
        if (reason != RefusalReason.None) body = new FoundBody(MessageBody.None, position, Reason: reason);
        return reason != RefusalReason.None;
    }

    private readonly bool TryFindTag(int position, out FoundBody body)
    {
        body = default;
        int start = position + PriorityPrefixBytes(_head[position..]);
        int length = TagBytes(_head[start..]);
        if (length < MinTagBytes) return false;
        int end = start + length;
        int number = TagTable.NumberOf(_head.Slice(start, length));
        bool known = number > 0;
        bool colon = end < _head.Length && _head[end] == ':';
        if (end < _head.Length && !colon && _head[end] != '[' && !HeaderBytes.IsBlank(_head[end])) return false;
        int fields = SkipToFields(colon ? end + 1 : end);
        bool bracket = fields < _message.Length && _message[fields] == '[';
        // A tag that is not parsed ends the search, or a word of another daemon's text would be taken for one.
        if (!known && (!(colon || bracket) || _head.Slice(start, length).Count((byte)'_') < MinUnderscores)) return false;
        bool structured = bracket || StructuredFields.LacksBracket(_message, fields);
        body = fields >= _message.Length && known
            ? new FoundBody(MessageBody.None, _message.Length, Reason: RefusalReason.NoStructuredData)
            : new FoundBody(
                structured ? MessageBody.JunosStructured : MessageBody.JunosSentence, fields, new TextSlice(start, length),
                TagNumber: number);
        return true;
    }

    // explicit-priority and collectors print %FACILITY-SEVERITY-TAG, either part of which may be missing.
    private static int PriorityPrefixBytes(ReadOnlySpan<byte> text)
    {
        if (text[0] != '%') return 0;
        int end = 1 + TagBytes(text[1..]);
        if (end >= text.Length || text[end] != '-') return 0;
        end++;
        return end + 1 < text.Length && char.IsAsciiDigit((char)text[end]) && text[end + 1] == '-' ? end + 2 : end;
    }

    private static int TagBytes(ReadOnlySpan<byte> text)
    {
        int length = text.IndexOfAnyExcept(InTag);
        return length < 0 ? text.Length : length;
    }

    // Blanks, and the nil that says there is no structured data.
    private readonly int SkipToFields(int position)
    {
        while (position < _message.Length && HeaderBytes.IsBlank(_message[position])) position++;
        if (!_message[position..].StartsWith("- "u8)) return position;
        position += 2;
        while (position < _message.Length && HeaderBytes.IsBlank(_message[position])) position++;
        return position;
    }
}
