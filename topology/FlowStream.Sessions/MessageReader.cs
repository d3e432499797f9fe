using System.Buffers.Binary;
using System.Buffers.Text;
using System.Numerics;
using FlowStream.Parsing;
using FlowStream.Sessions.State;

namespace FlowStream.Sessions;

/// <summary>Makes of an event the message that the join keeps: its texts interned, its limits applied.</summary>
internal sealed class MessageReader
{
    private readonly SessionStore _store;
    private readonly SessionCounters _counters;
    private readonly int _maxTextBytes;
    private readonly int _maxExtras;
    private readonly byte[] _profile;
    private readonly byte[] _extras;

    public MessageReader(SessionStore store, SessionOptions options, SessionCounters counters)
    {
        _store = store;
        _counters = counters;
        _maxTextBytes = options.MaxTextBytes;
        _maxExtras = options.MaxExtras;
        _profile = new byte[Profile.MaxBytes(options.MaxTextBytes)];
        _extras = new byte[1 + (options.MaxExtras * ExtrasBlob.PairHeaderBytes) + options.MaxExtraBytes];
    }

    /// <summary>
    /// Reads <paramref name="e"/>, all but its translated addresses. The caller owns one reference to each text of the result.
    /// </summary>
    public MessageNode Read(SessionEvent e, in EventTime time)
    {
        var message = new MessageNode
        {
            Time = time.UnixMilliseconds,
            Tag = PanosStart.TagOf(e),
            Elapsed = e.Kind == EventKind.Start ? PanosStart.Elapsed(e) : ReadElapsed(e),
            Profile = _store.Texts.Intern(WriteProfile(e, 0, Profile.FirstPersonField, default)),
        };
        MessageFlags flags = time.Substituted ? MessageFlags.TimeSubstituted : MessageFlags.None;
        ReadOnlySpan<byte> reason = message.IsClose ? Cut(e.Text(Field.Reason)) : default;
        message.Person = _store.Texts.Intern(WriteProfile(e, Profile.FirstPersonField, Profile.Fields.Length, reason));
        message.Extras = ReadExtras(e);
        if (message.IsClose) message.End = ReadEnd(reason);
        if (message.HasTotals) message.Totals = ReadTotals(e, ref flags);
        message.Flags = flags;
        return message;
    }

    /// <summary>Interns the texts of <paramref name="e"/> and of its user. The caller owns one reference to each.</summary>
    public (int Profile, int Person) ReadTexts(SessionEvent e)
    {
        int profile = _store.Texts.Intern(WriteProfile(e, 0, Profile.FirstPersonField, default));
        return (profile, _store.Texts.Intern(WriteProfile(e, Profile.FirstPersonField, Profile.Fields.Length, default)));
    }

    /// <summary>Interns the extra keys of <paramref name="e"/>. The caller owns one reference.</summary>
    public int ReadExtras(SessionEvent e) => ExtrasBlob.Intern(_store.Extras, WriteExtras(e));

    private EndReason ReadEnd(ReadOnlySpan<byte> reason)
    {
        EndReason end = EndReasons.Parse(reason, out bool listed);
        if (!listed) _counters.UnlistedReasons.Add(reason);
        return end;
    }

    private static long ReadElapsed(SessionEvent e) =>
        e.Has(Field.ElapsedTime) && e.Number(Field.ElapsedTime) is >= 0 and <= MessageNode.MaxElapsed and var elapsed
            ? elapsed
            : MessageNode.NoElapsed;

    private static Volume ReadTotals(SessionEvent e, ref MessageFlags flags) => new(
        ReadTotal(e, Field.BytesFromClient, MessageFlags.BytesFromClient, ref flags),
        ReadTotal(e, Field.BytesFromServer, MessageFlags.BytesFromServer, ref flags),
        ReadTotal(e, Field.PacketsFromClient, MessageFlags.PacketsFromClient, ref flags),
        ReadTotal(e, Field.PacketsFromServer, MessageFlags.PacketsFromServer, ref flags));

    // A counter beyond 2^63 cannot be a count; it is taken as not said.
    private static long ReadTotal(SessionEvent e, Field field, MessageFlags flag, ref MessageFlags flags)
    {
        long value = e.Number(field);
        if (!e.Has(field) || value < 0) return 0;
        flags |= flag;
        return value;
    }

    private ReadOnlySpan<byte> WriteProfile(SessionEvent e, int from, int to, ReadOnlySpan<byte> reason)
    {
        Span<byte> buffer = _profile;
        var first = (Field)((int)Profile.First + from);
        uint bits = e.PresentAmong(first, to - from);
        int written = _maxTextBytes < SessionEvent.ShortTextBytes
            ? -1
            : e.CopyShortTexts(first, to - from, buffer[Profile.HeaderBytes..], out bits);
        if (written < 0) written = CopyTexts(e, first, buffer[Profile.HeaderBytes..], ref bits);
        if (bits == 0 && reason.IsEmpty) return default;
        int position = Profile.HeaderBytes + written;
        BinaryPrimitives.WriteUInt16LittleEndian(buffer, (ushort)bits);
        reason.CopyTo(buffer[position..]);
        return buffer[..(position + reason.Length)];
    }

    // Texts of any length, cut where they are too long. A text of no bytes is as good as none: its bit is taken out.
    private int CopyTexts(SessionEvent e, Field first, Span<byte> buffer, ref uint bits)
    {
        int position = 0;
        for (uint rest = bits; rest != 0; rest &= rest - 1)
        {
            int index = BitOperations.TrailingZeroCount(rest);
            ReadOnlySpan<byte> text = Cut(e.Text((Field)((int)first + index)));
            if (text.IsEmpty)
            {
                bits ^= 1u << index;
                continue;
            }
            BinaryPrimitives.WriteUInt16LittleEndian(buffer[position..], (ushort)text.Length);
            text.CopyTo(buffer[(position + Profile.FieldHeaderBytes)..]);
            position += Profile.FieldHeaderBytes + text.Length;
        }
        return position;
    }

    private ReadOnlySpan<byte> WriteExtras(SessionEvent e)
    {
        Span<byte> buffer = _extras;
        int count = 0, position = 1;
        for (int i = 0; i < e.ExtraCount; i++)
        {
            (int keyLength, int valueLength) = e.ExtraLengths(i);
            if (valueLength > _maxTextBytes) valueLength = Cut(e.ExtraValue(i)).Length;
            if (count == _maxExtras || (uint)(keyLength - 1) >= byte.MaxValue
                || ExtrasBlob.PairHeaderBytes + keyLength + valueLength > buffer.Length - position)
            {
                _counters.ExtrasDropped++;
                continue;
            }
            Span<byte> pair = buffer[position..];
            pair[0] = (byte)keyLength;
            BinaryPrimitives.WriteUInt16LittleEndian(pair[1..], (ushort)valueLength);
            e.CopyExtra(i, pair[ExtrasBlob.PairHeaderBytes..]);
            position += ExtrasBlob.PairHeaderBytes + keyLength + valueLength;
            count++;
        }
        // One log that stands for several sessions says so; one that stands for itself need not.
        if (e.Has(Field.RepeatCount) && e.Number(Field.RepeatCount) is > 1 and var repeated)
        {
            int length = count == _maxExtras ? 0 : WriteRepeatCount(repeated, buffer[position..]);
            if (length == 0) _counters.ExtrasDropped++;
            else count++;
            position += length;
        }
        buffer[0] = (byte)count;
        return count == 0 ? default : buffer[..position];
    }

    // Returns its length, or 0 where there is no room for it.
    private static int WriteRepeatCount(long repeated, Span<byte> pair)
    {
        ReadOnlySpan<byte> key = "repeat_count"u8;
        int head = ExtrasBlob.PairHeaderBytes + key.Length;
        if (pair.Length < head || !Utf8Formatter.TryFormat(repeated, pair[head..], out int length)) return 0;
        pair[0] = (byte)key.Length;
        BinaryPrimitives.WriteUInt16LittleEndian(pair[1..], (ushort)length);
        key.CopyTo(pair[ExtrasBlob.PairHeaderBytes..]);
        return head + length;
    }

    private ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> text)
    {
        if (text.Length <= _maxTextBytes) return text;
        _counters.TextsCut++;
        int length = _maxTextBytes;
        // Not through the middle of a UTF-8 sequence: its continuation bytes are 10xxxxxx (RFC 3629).
        while (length > 0 && (text[length] & 0xC0) == 0x80) length--;
        return text[..length];
    }
}
