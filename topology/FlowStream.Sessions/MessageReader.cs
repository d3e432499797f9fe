using System.Buffers.Binary;
using System.Buffers.Text;
using FlowStream.Parsing;
using FlowStream.Sessions.State;

namespace FlowStream.Sessions;

/// <summary>Makes of an event the message that the join keeps: its texts interned, its limits applied.</summary>
internal sealed class MessageReader
{
    private readonly SessionStore _store;
    private readonly SessionOptions _options;
    private readonly SessionCounters _counters;
    private readonly byte[] _profile;
    private readonly byte[] _extras;

    public MessageReader(SessionStore store, SessionOptions options, SessionCounters counters)
    {
        _store = store;
        _options = options;
        _counters = counters;
        _profile = new byte[Profile.MaxBytes(options.MaxTextBytes)];
        _extras = new byte[1 + (options.MaxExtras * ExtrasBlob.PairHeaderBytes) + options.MaxExtraBytes];
    }

    /// <summary>
    /// Begins to read <paramref name="e"/>; <see cref="Complete"/> reads the rest, all but its translated addresses. The caller owns one
    /// reference to each text of the result.
    /// </summary>
    public MessageNode Begin(SessionEvent e, in EventTime time)
    {
        int profile = _store.Texts.Intern(WriteProfile(e, 0, Profile.FirstPersonField, default));
        return new MessageNode
        {
            Time = time.UnixMilliseconds,
            Tag = PanosStart.TagOf(e),
            Elapsed = e.Kind == EventKind.Start ? PanosStart.Elapsed(e) : ReadElapsed(e),
            Flags = time.Substituted ? MessageFlags.TimeSubstituted : MessageFlags.None,
            Profile = profile,
        };
    }

    /// <summary>Reads the rest into what <see cref="Begin"/> gave.</summary>
    public void Complete(SessionEvent e, ref MessageNode message)
    {
        MessageFlags flags = message.Flags;
        ReadOnlySpan<byte> reason = message.IsClose ? Cut(e.Text(Field.Reason)) : default;
        message.Person = _store.Texts.Intern(
            WriteProfile(e, Profile.FirstPersonField, Profile.Fields.Length, reason));
        message.Extras = ReadExtras(e);
        if (message.IsClose) message.End = ReadEnd(reason);
        if (message.HasTotals) message.Totals = ReadTotals(e, ref flags);
        message.Flags = flags;
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
        uint bits = 0;
        int position = Profile.HeaderBytes;
        Field[] fields = Profile.Fields;
        for (int i = from; i < to; i++)
        {
            int length = e.CopyText(fields[i], buffer[(position + Profile.FieldHeaderBytes)..]);
            if (length == 0) continue;
            if (length > _options.MaxTextBytes) length = Cut(e.Text(fields[i])).Length;
            bits |= 1u << (i - from);
            BinaryPrimitives.WriteUInt16LittleEndian(buffer[position..], (ushort)length);
            position += Profile.FieldHeaderBytes + length;
        }
        if (bits == 0 && reason.IsEmpty) return default;
        BinaryPrimitives.WriteUInt16LittleEndian(buffer, (ushort)bits);
        reason.CopyTo(buffer[position..]);
        return buffer[..(position + reason.Length)];
    }

    private ReadOnlySpan<byte> WriteExtras(SessionEvent e)
    {
        Span<byte> buffer = _extras;
        int count = 0, position = 1;
        for (int i = 0; i < e.ExtraCount; i++)
        {
            ReadOnlySpan<byte> key = e.ExtraKey(i), value = Cut(e.ExtraValue(i));
            if (count == _options.MaxExtras || key.Length is 0 or > byte.MaxValue
                || ExtrasBlob.PairHeaderBytes + key.Length + value.Length > buffer.Length - position)
            {
                _counters.ExtrasDropped++;
                continue;
            }
            buffer[position] = (byte)key.Length;
            BinaryPrimitives.WriteUInt16LittleEndian(buffer[(position + 1)..], (ushort)value.Length);
            position += ExtrasBlob.PairHeaderBytes;
            key.Replace(buffer[position..], (byte)'-', (byte)'_');
            position += key.Length;
            value.CopyTo(buffer[position..]);
            position += value.Length;
            count++;
        }
        // One log that stands for several sessions says so; one that stands for itself need not.
        long repeated = e.Number(Field.RepeatCount);
        if (e.Has(Field.RepeatCount) && repeated > 1) WriteRepeatCount(repeated, ref count, ref position);
        buffer[0] = (byte)count;
        return count == 0 ? default : buffer[..position];
    }

    private void WriteRepeatCount(long repeated, ref int count, ref int position)
    {
        ReadOnlySpan<byte> key = "repeat_count"u8;
        Span<byte> pair = _extras.AsSpan(position);
        if (count == _options.MaxExtras || pair.Length < ExtrasBlob.PairHeaderBytes + key.Length
            || !Utf8Formatter.TryFormat(repeated, pair[(ExtrasBlob.PairHeaderBytes + key.Length)..], out int length))
        {
            _counters.ExtrasDropped++;
            return;
        }
        pair[0] = (byte)key.Length;
        BinaryPrimitives.WriteUInt16LittleEndian(pair[1..], (ushort)length);
        key.CopyTo(pair[ExtrasBlob.PairHeaderBytes..]);
        position += ExtrasBlob.PairHeaderBytes + key.Length + length;
        count++;
    }

    private ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> text)
    {
        if (text.Length <= _options.MaxTextBytes) return text;
        _counters.TextsCut++;
        int length = _options.MaxTextBytes;
        // Not through the middle of a UTF-8 sequence: its continuation bytes are 10xxxxxx (RFC 3629).
        while (length > 0 && (text[length] & 0xC0) == 0x80) length--;
        return text[..length];
    }
}
