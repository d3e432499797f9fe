using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FlowStream.Parsing.Junos;

/// <summary>
/// Reads parameters whose keys come in the order of the message before (<see cref="KeySequences"/>), without looking keys up. It stops in
/// front of the first one that is not as expected in any way, and whoever reads that one tells it the key.
/// </summary>
internal ref struct ExpectedParameters
{
    // No value begins with a quote: where one stands, the value is empty.
    private static readonly AbsentForms[] Notable = NotableBytes.Table(first => !ParameterTrimming.IsPlain(first) || first == '"');

    private readonly SessionEvent _into;
    private readonly ref ulong _next;
    private readonly ref KeyPattern _patterns;
    private readonly ref byte _message;

    // The pattern of the parameter before.
    private int _last;
    private ExtraSet _extras;

    // Where the loop is: one byte before the next parameter, and how many more there may be.
    private int _position;
    private int _left;

    /// <summary>Starts in front of the first parameter of the message of <paramref name="into"/>.</summary>
    public ExpectedParameters(SessionEvent into)
    {
        _into = into;
        _next = ref into.KeySequences.Of(into.Tag);
        _patterns = ref MemoryMarshal.GetArrayDataReference(KeyPattern.All);
        _message = ref into.FirstByte;
    }

    /// <summary>Says that the parameter it stopped at has this key: an index into <see cref="FieldTable.Keys"/>, or -1.</summary>
    public void Learn(int key)
    {
        int pattern = key + 1;
        if (KeyPattern.All[pattern].Length > 0) KeySequences.Learn(ref Unsafe.Add(ref _next, _last), pattern);
        _last = pattern;
    }

    /// <summary>Notes extra <paramref name="index"/> of <see cref="JunosExtras.Keys"/>.</summary>
    /// <returns>False when the message has had it.</returns>
    public bool AddExtra(int index) => _extras.Add(index);

    /// <summary>Reads on from where <paramref name="reader"/> stands, and leaves it where it stopped.</summary>
    /// <returns>The refusal of a value, or none.</returns>
    public Refusal Read(ref StructuredDataReader reader)
    {
        _position = reader.Position;
        _left = reader.ParametersLeft;
        while (ReadUsual() is > 0 and int pattern && TryFindValue(pattern, out TextSlice value))
        {
            Refusal refusal = FieldReader.Apply(KeyPattern.All[pattern].Rule, value, _into);
            if (!refusal.Accepted) return refusal;
        }
        reader.GoOn(_position, _left);
        return default;
    }

    // Reads parameters as long as their values are as usual too. Returns the pattern of the one it stopped at, or 0 when it is of none.
    // What lives longer than a parameter is little, so that it is in registers: the address is put by a call, and other calls there are
    // none. What is seldom looked at stays in memory.
    private int ReadUsual()
    {
        SessionEvent into = _into;
        ref byte at = ref Unsafe.Add(ref _message, (nuint)_position);
        nuint last = (nuint)_last, candidate = 0;
        int left = _left;
        for (; left != 0; left--)
        {
            // All that matches is inside the message, and so is where it is looked for: behind the message there is a block of zeros.
            ulong known = Unsafe.Add(ref _next, last);
            candidate = (nuint)(known & KeySequences.PatternMask);
            ref readonly KeyPattern pattern = ref Unsafe.Add(ref _patterns, candidate);
            while (!pattern.IsAt(ref at))
            {
                known >>= KeySequences.PatternBits;
                if (known == 0) return Stop(last, OffsetOf(ref at), left);
                candidate = (nuint)(known & KeySequences.PatternMask);
                pattern = ref Unsafe.Add(ref _patterns, candidate);
            }
            ref byte first = ref Unsafe.Add(ref at, (nuint)pattern.Length);
            uint quotes = QuotesIn(ref first);
            if (quotes == 0) break;
            uint length = (uint)BitOperations.TrailingZeroCount(quotes);
            ref byte behind = ref Unsafe.Add(ref first, length);
            if (Unsafe.Add(ref behind, 1) is not ((byte)' ' or (byte)']')) break;
            if (pattern.Use == PatternUse.Number)
            {
                // What is read at once as a number needs no look at its first and last byte.
                if (!DecimalDigits.TryReadWordFrom(ref first, length, out ulong number) || number > pattern.WordMaximum) break;
                if (into.Has(pattern.Rule.Field)) break;
                into.PutNumber(pattern.Rule.Field, pattern.Rule.Rank, SliceOf(ref first, length), (long)number);
            }
            else if (pattern.Use == PatternUse.Address)
            {
                Stop(last, OffsetOf(ref at), left);
                if (!TryPutAddress(pattern, ref behind, SliceOf(ref first, length), into)) return (int)candidate;
            }
            else if (!IsAbsent(ref first, length, pattern.Notable, out AbsentForms notable))
            {
                if ((notable & NotableBytes.Unusual) != 0 || !ParameterTrimming.IsPlain(Unsafe.Subtract(ref behind, 1))) break;
                if (pattern.Use == PatternUse.Text)
                {
                    if (into.Has(pattern.Rule.Field)) break;
                    into.PutText(pattern.Rule.Field, pattern.Rule.Rank, SliceOf(ref first, length));
                }
                else
                {
                    if (pattern.Use != PatternUse.Extra || !_extras.Add(pattern.Extra)) break;
                    into.AddExtra(pattern.Key(OffsetOf(ref at)), SliceOf(ref first, length));
                }
            }
            last = candidate;
            at = ref Unsafe.Add(ref behind, 1);
        }
        Stop(last, OffsetOf(ref at), left);
        return left == 0 ? 0 : (int)candidate;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Stop(nuint last, int position, int left)
    {
        _last = (int)last;
        _position = position;
        _left = left;
        return 0;
    }

    // Moves behind the parameter of a pattern where its value, though not read in the loop, is that of a field and is read as it stands.
    private bool TryFindValue(int index, out TextSlice value)
    {
        ref readonly KeyPattern pattern = ref KeyPattern.All[index];
        int first = _position + pattern.Length;
        ReadOnlySpan<byte> rest = _into.Message[first..];
        int length = rest.IndexOf((byte)'"');
        value = new TextSlice(first, length);
        if (pattern.Extra >= 0 || length < 0 || length + 1 >= rest.Length || rest[length + 1] is not ((byte)' ' or (byte)']')) return false;
        if (length > 0 && !(ParameterTrimming.IsPlain(rest[0]) && ParameterTrimming.IsPlain(rest[length - 1]))) return false;
        Stop((nuint)index, first + length + 1, _left - 1);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryPutAddress(in KeyPattern pattern, ref byte behind, TextSlice value, SessionEvent into)
    {
        ref byte block = ref Unsafe.Subtract(ref behind, DottedAddress.BlockBytes);
        if (!DottedAddress.TryRead(ref block, value.Length, out uint octets) || octets == 0) return false;
        if (into.Has(pattern.Rule.Field)) return false;
        into.PutNewAddress(pattern.Rule.Field, pattern.Rule.Rank, value, IpAddress.FromIPv4(octets));
        return true;
    }

    // A form of "no value"; else what is notable about the value.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsAbsent(ref byte first, uint length, AbsentForms looked, out AbsentForms notable)
    {
        notable = Notable[first] & looked;
        return notable != 0 && (length == 0 || AbsentTexts.Hold(ref first, (int)length, notable));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint QuotesIn(ref byte block) =>
        Vector256.Equals(Vector256.LoadUnsafe(ref block), Vector256.Create((byte)'"')).ExtractMostSignificantBits();

    private readonly int OffsetOf(ref byte place) => (int)Unsafe.ByteOffset(ref _message, ref place);

    private readonly TextSlice SliceOf(ref byte first, uint length) => new(OffsetOf(ref first), (int)length);
}
