using System.Buffers.Binary;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using FlowStream.Parsing.Junos;
using FlowStream.Parsing.Panos;

namespace FlowStream.Parsing;

/// <summary>
/// One parsed message. A worker owns one and lets the parser fill it again and again: what it returns is valid until the next parse.
/// It holds the bytes of its message (with escapes resolved in place), so it outlives the buffer the message was read from.
/// </summary>
/// <remarks>
/// A field that the device printed as "not there" (<c>N/A</c>, <c>None</c>, <c>UNKNOWN</c>, an unspecified NAT address) is absent here.
/// Numbers and addresses were checked when the message was parsed.
/// </remarks>
public sealed class SessionEvent
{
    /// <summary>Number of values of <see cref="Field"/>.</summary>
    public const int FieldCount = (int)Field.SessionFlags + 1;

    /// <summary>Longest text that <see cref="CopyShortTexts"/> copies, in bytes.</summary>
    public const int ShortTextBytes = 32;

    // Behind the message there is a block of zeros, so that blocks that begin inside it may be read whole.
    private readonly byte[] _message = new byte[ParserLimits.MaxMessageBytes + ByteMask.BlockBytes];
    private readonly FieldValue[] _values = new FieldValue[FieldCount];
    private readonly IpAddress[] _addresses = new IpAddress[(int)Field.NatDestinationAddress + 1];
    private readonly Extra[] _extras = new Extra[ParserLimits.MaxParameters];
    private ulong _present;
    private int _extraCount;
    private int _length;

    /// <summary>Makes one that holds no message.</summary>
    public SessionEvent()
        : this(new KeySequences())
    {
    }

    private SessionEvent(KeySequences sequences) => KeySequences = sequences;

    /// <summary>What the message says.</summary>
    public EventKind Kind { get; internal set; }

    /// <summary>Which message it is.</summary>
    public EventTag Tag { get; internal set; }

    /// <summary>Which form of the tag was printed.</summary>
    public TagVariant TagVariant { get; internal set; }

    /// <summary>The format it was written in.</summary>
    public MessageShape Shape { get; internal set; }

    /// <summary>What was wrong with the message and was read all the same.</summary>
    public Repair Repairs { get; internal set; }

    /// <summary>
    /// When it happened: the time in the message or in its syslog header, or null when it holds none. Junos writes the message then;
    /// PAN-OS <see cref="WrittenAfter"/> later.
    /// </summary>
    public DeviceTime? Time { get; internal set; }

    /// <summary>Milliseconds from <see cref="Time"/> until the message was written, by the same clock; 0 to an hour.</summary>
    public long WrittenAfter { get; internal set; }

    /// <summary>The host name in the syslog header; empty when it holds none.</summary>
    public ReadOnlySpan<byte> DeviceHost => Slice(HostSlice);

    /// <summary>The message, with escapes resolved in place.</summary>
    public ReadOnlySpan<byte> Message => _message.AsSpan(0, _length);

    /// <summary>Number of keys that have no place of their own.</summary>
    public int ExtraCount => _extraCount;

    internal TextSlice HostSlice { get; set; }

    internal ulong Present => _present;

    /// <summary>The keys of the format that its messages do not print; the format's reader sets them.</summary>
    internal byte[][] KnownKeys { get; set; } = [];

    /// <summary>The first byte of <see cref="Message"/>; <see cref="ByteMask.BlockBytes"/> zeros follow its last one.</summary>
    internal ref byte FirstByte => ref MemoryMarshal.GetArrayDataReference(_message);

    /// <summary>False when <see cref="Message"/> came without a backslash and without a byte outside ASCII.</summary>
    internal bool MayHoldUnusual { get; private set; }

    /// <summary>The order of the keys in the messages before.</summary>
    internal KeySequences KeySequences { get; }

    /// <summary>Room for the commas of a line while it is read.</summary>
    internal int[] Commas { get; } = new int[CommaScanner.Room];

    /// <summary>Room for the words of a sentence while it is read.</summary>
    internal TextSlice[] Words { get; } = new TextSlice[SentenceWords.Max];

    /// <summary>A number that no other message this event has held had, until four billion later.</summary>
    public uint Version { get; private set; }

    /// <summary>
    /// Makes <paramref name="count"/> for messages that are parsed one after the other and kept together: what the parser learns of the
    /// form of one helps with the next, and lies in the cache once. One thread at a time may parse into any of them.
    /// </summary>
    public static SessionEvent[] Several(int count)
    {
        var sequences = new KeySequences();
        return [.. Enumerable.Range(0, count).Select(_ => new SessionEvent(sequences))];
    }

    /// <summary>True when the message holds a value for <paramref name="field"/>.</summary>
    public bool Has(Field field) => (_present & (1UL << (int)field)) != 0;

    /// <summary>
    /// Which of the <paramref name="count"/> fields from <paramref name="first"/> on have a value: bit i for the one i after it.
    /// </summary>
    /// <param name="first">The first field.</param>
    /// <param name="count">How many, at most 31.</param>
    public uint PresentAmong(Field first, int count) => (uint)(_present >> (int)first) & ((1u << count) - 1);

    /// <summary>The text of <paramref name="field"/> as the device printed it; empty when absent.</summary>
    public ReadOnlySpan<byte> Text(Field field) => Has(field) ? Slice(_values[(int)field].Text) : default;

    /// <summary>
    /// Copies the texts of those of <paramref name="count"/> fields from <paramref name="first"/> on that are present, in order, each
    /// behind its length in two bytes, little-endian: for fields whose texts are short nearly always. What follows them may change.
    /// </summary>
    /// <param name="first">The first field.</param>
    /// <param name="count">How many, at most 31.</param>
    /// <param name="destination">Where they are copied to.</param>
    /// <param name="copied">Which they were, as <see cref="PresentAmong"/> says it.</param>
    /// <returns>
    /// The bytes written; -1, and nothing worth reading, when a text is empty or longer than <see cref="ShortTextBytes"/> or there is no
    /// room for one of that length.
    /// </returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int CopyShortTexts(Field first, int count, Span<byte> destination, out uint copied)
    {
        ref byte message = ref FirstByte;
        int position = 0, room = destination.Length - sizeof(ushort) - ShortTextBytes;
        copied = PresentAmong(first, count);
        for (uint rest = copied; rest != 0; rest &= rest - 1)
        {
            TextSlice text = _values[(int)first + BitOperations.TrailingZeroCount(rest)].Text;
            if ((uint)(text.Length - 1) >= ShortTextBytes || position > room) return -1;
            ref byte to = ref Unsafe.Add(ref MemoryMarshal.GetReference(destination), position);
            BinaryPrimitives.WriteUInt16LittleEndian(MemoryMarshal.CreateSpan(ref to, sizeof(ushort)), (ushort)text.Length);
            Vector256.LoadUnsafe(ref Unsafe.Add(ref message, text.Offset)).StoreUnsafe(ref Unsafe.Add(ref to, sizeof(ushort)));
            position += sizeof(ushort) + text.Length;
        }
        return position;
    }

    /// <summary>The value of a numeric field; 0 when absent.</summary>
    public long Number(Field field) => Has(field) ? _values[(int)field].Number : 0;

    /// <summary>The value of an address field; unspecified when absent.</summary>
    public IpAddress Address(Field field) => Has(field) ? _addresses[CheckAddress(field)] : default;

    /// <summary>The device's own key of extra <paramref name="index"/>, <c>-</c> not yet written as <c>_</c>.</summary>
    public ReadOnlySpan<byte> ExtraKey(int index)
    {
        ref readonly Extra extra = ref _extras[CheckExtra(index)];
        return extra.Key.Offset < 0 ? KnownKeys[~extra.Key.Offset] : Slice(extra.Key);
    }

    /// <summary>The value of extra <paramref name="index"/>.</summary>
    public ReadOnlySpan<byte> ExtraValue(int index) => Slice(_extras[CheckExtra(index)].Value);

    /// <summary>The lengths of key and value of extra <paramref name="index"/>.</summary>
    public (int Key, int Value) ExtraLengths(int index)
    {
        ref readonly Extra extra = ref _extras[CheckExtra(index)];
        return (extra.Key.Offset < 0 ? KnownKeys[~extra.Key.Offset].Length : extra.Key.Length, extra.Value.Length);
    }

    /// <summary>
    /// Copies key and value of extra <paramref name="index"/>, the one right behind the other, to the start of
    /// <paramref name="destination"/>, as far as that has room: the key's <c>-</c> written as <c>_</c>. What follows them may change.
    /// </summary>
    public void CopyExtra(int index, Span<byte> destination)
    {
        (TextSlice key, TextSlice value) = _extras[CheckExtra(index)];
        if (key.Offset < 0 || Math.Max(key.Length, value.Length) > Vector256<byte>.Count || destination.Length < 2 * Vector256<byte>.Count)
        {
            CopyLongExtra(index, destination);
            return;
        }
        ref byte to = ref MemoryMarshal.GetReference(destination);
        Vector256<byte> block = Vector256.LoadUnsafe(ref Unsafe.Add(ref FirstByte, key.Offset));
        // The hyphen and what it becomes differ in these bits.
        Vector256<byte> change = Vector256.Equals(block, Vector256.Create((byte)'-')) & Vector256.Create((byte)('-' ^ '_'));
        (block ^ change).StoreUnsafe(ref to);
        Vector256.LoadUnsafe(ref Unsafe.Add(ref FirstByte, value.Offset)).StoreUnsafe(ref Unsafe.Add(ref to, key.Length));
    }

    private void CopyLongExtra(int index, Span<byte> destination)
    {
        ReadOnlySpan<byte> key = ExtraKey(index), value = ExtraValue(index);
        key = key[..Math.Min(key.Length, destination.Length)];
        key.Replace(destination, (byte)'-', (byte)'_');
        destination = destination[key.Length..];
        value[..Math.Min(value.Length, destination.Length)].CopyTo(destination);
    }

    internal void Load(ReadOnlySpan<byte> message)
    {
        Debug.Assert(message.Length <= ParserLimits.MaxMessageBytes, "The parser checks the length first.");
        MayHoldUnusual = MessageCopy.Copy(message, _message);
        _message.AsSpan(message.Length, ByteMask.BlockBytes).Clear();
        _length = message.Length;
        Version++;
        Forget();
        Kind = EventKind.None;
        Tag = EventTag.None;
        TagVariant = TagVariant.Plain;
        Shape = MessageShape.None;
        Repairs = Repair.None;
        Time = null;
        WrittenAfter = 0;
        HostSlice = default;
    }

    /// <summary>Takes back the fields and extras that were set.</summary>
    internal void Forget()
    {
        _present = 0;
        _extraCount = 0;
    }

    internal void SetText(Field field, TextSlice slice)
    {
        _values[(int)field].Text = slice;
        _present |= 1UL << (int)field;
    }

    internal void SetNumber(Field field, TextSlice slice, long value)
    {
        _values[(int)field].Number = value;
        SetText(field, slice);
    }

    internal void SetAddress(Field field, TextSlice slice, IpAddress value)
    {
        _addresses[(int)field] = value;
        SetText(field, slice);
    }

    internal void Clear(Field field) => _present &= ~(1UL << (int)field);

    internal Span<byte> Bytes(TextSlice slice) => _message.AsSpan(slice.Offset, slice.Length);

    /// <summary>
    /// True when a value found under the key with <paramref name="rank"/> becomes the field's: of several keys the lowest rank wins in
    /// whatever order they come, of one key printed twice the first.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool Claim(Field field, byte rank)
    {
        ref byte claimed = ref _values[(int)field].Rank;
        if (Has(field) && rank >= claimed)
        {
            if (rank == claimed) Repairs |= Repair.DuplicateKey;
            return false;
        }
        claimed = rank;
        return true;
    }

    /// <summary>
    /// Sets a text that was found under the key with <paramref name="rank"/>, where it becomes the field's; the field is that of a rule.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void PutText(Field field, byte rank, TextSlice slice)
    {
        if (Has(field))
        {
            PutTextAgain(field, rank, slice);
            return;
        }
        ref FieldValue value = ref ValueOf(field);
        value.Text = slice;
        value.Rank = rank;
        _present |= 1UL << (int)field;
    }

    /// <summary>The same for a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void PutNumber(Field field, byte rank, TextSlice slice, long number)
    {
        if (Has(field))
        {
            PutNumberAgain(field, rank, slice, number);
            return;
        }
        ref FieldValue value = ref ValueOf(field);
        value.Text = slice;
        value.Number = number;
        value.Rank = rank;
        _present |= 1UL << (int)field;
    }

    /// <summary>The same for an address of a field that has no value yet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void PutNewAddress(Field field, byte rank, TextSlice slice, IpAddress address)
    {
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_addresses), (nuint)field) = address;
        PutText(field, rank, slice);
    }

    /// <summary>Adds a key that has no place of its own; no more than <see cref="ParserLimits.MaxParameters"/> of them.</summary>
    internal void AddExtra(TextSlice key, TextSlice value) => _extras[_extraCount++] = new Extra(key, value);

    /// <summary>
    /// Adds a value whose key is not in the message, a column or a word of a sentence: number <paramref name="known"/> of
    /// <see cref="KnownKeys"/>. It is kept as a number, because the collector has to be told of each reference that is stored.
    /// </summary>
    internal void AddExtra(int known, TextSlice value) => _extras[_extraCount++] = new Extra(new TextSlice(~known, 0), value);

    /// <summary>True when an extra has this key.</summary>
    internal bool HasExtra(ReadOnlySpan<byte> key)
    {
        for (int i = 0; i < _extraCount; i++)
        {
            if (key.SequenceEqual(ExtraKey(i))) return true;
        }
        return false;
    }

    // Kept apart, because nearly every field comes once.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void PutTextAgain(Field field, byte rank, TextSlice slice)
    {
        if (Claim(field, rank)) SetText(field, slice);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void PutNumberAgain(Field field, byte rank, TextSlice slice, long number)
    {
        if (Claim(field, rank)) SetNumber(field, slice, number);
    }

    // A field has a value here: a rule's field is one of the table, which has as many as there are values.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref FieldValue ValueOf(Field field) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_values), (nuint)field);

    private static int CheckAddress(Field field) =>
        field is Field.SourceAddress or Field.DestinationAddress or Field.NatSourceAddress or Field.NatDestinationAddress
            ? (int)field
            : throw new ArgumentOutOfRangeException(nameof(field), field, "Not an address field.");

    private int CheckExtra(int index) =>
        (uint)index < (uint)_extraCount ? index : throw new ArgumentOutOfRangeException(nameof(index));

    private ReadOnlySpan<byte> Slice(TextSlice slice) => _message.AsSpan(slice.Offset, slice.Length);

    // Rank is that of the key it came from. Number is that of a field that has one.
    private struct FieldValue
    {
        public TextSlice Text;
        public long Number;
        public byte Rank;
    }

    // The offset of a key that is not in the message is the complement of its number.
    private readonly record struct Extra(TextSlice Key, TextSlice Value);
}
