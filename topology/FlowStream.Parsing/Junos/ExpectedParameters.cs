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

    // The pattern of the parameter before.
    private int _last;
    private ExtraSet _extras;

    /// <summary>Starts in front of the first parameter of the message of <paramref name="into"/>.</summary>
    public ExpectedParameters(SessionEvent into)
    {
        _into = into;
        _next = ref into.KeySequences.Of(into.Tag);
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
        // What the loop changes for each parameter is kept in locals: a reference to it would keep it in memory.
        nuint last = (nuint)_last;
        int left = reader.ParametersLeft;
        ulong known = 0;
        SessionEvent into = _into;
        ref KeyPattern patterns = ref MemoryMarshal.GetArrayDataReference(KeyPattern.All);
        ref byte message = ref into.FirstByte;
        ref byte at = ref Unsafe.Add(ref message, reader.Position), behind = ref at;
        for (; left != 0; left--, at = ref Unsafe.Add(ref behind, 1), last = (nuint)(known & KeySequences.PatternMask))
        {
            // All that matches is inside the message, and so is where it is looked for: behind the message there is a block of zeros.
            known = Unsafe.Add(ref _next, last);
            if (known == 0) break;
            ref readonly KeyPattern pattern = ref Unsafe.Add(ref patterns, (nuint)(known & KeySequences.PatternMask));
            while (!pattern.IsAt(ref at))
            {
                known >>= KeySequences.PatternBits;
                if (known == 0) return Stop(ref reader, OffsetOf(ref at, ref message), left, last);
                pattern = ref Unsafe.Add(ref patterns, (nuint)(known & KeySequences.PatternMask));
            }
            ref byte first = ref Unsafe.Add(ref at, (nuint)pattern.Length);
            int length = LengthOfValue(ref first, into);
            behind = ref Unsafe.Add(ref first, (nuint)(uint)length);
            if (Unsafe.Add(ref behind, 1) is not ((byte)' ' or (byte)']')) break;
            var value = new TextSlice(OffsetOf(ref first, ref message), length);
            if (pattern.Use == PatternUse.Number && TryPutNumber(pattern, ref behind, value, into)) continue;
            if (pattern.Use == PatternUse.Address && TryPutAddress(pattern, ref behind, value, into)) continue;
            AbsentForms notable = Notable[first] & pattern.Notable;
            if (notable != 0)
            {
                if (length == 0 || AbsentTexts.Hold(ref first, length, notable)) continue;
                if ((notable & NotableBytes.Unusual) != 0) break;
            }
            if (!ParameterTrimming.IsPlain(Unsafe.Subtract(ref behind, 1))) break;
            if (pattern.Use == PatternUse.Text)
            {
                into.PutText(pattern.Rule.Field, pattern.Rule.Rank, value);
            }
            else if (pattern.Use == PatternUse.Extra)
            {
                if (!_extras.Add(pattern.Extra)) break;
                into.AddExtra(pattern.Key(OffsetOf(ref at, ref message)), value);
            }
            else
            {
                Refusal refusal = FieldReader.ApplyPresent(pattern.Rule, value, into);
                if (!refusal.Accepted) return refusal;
            }
        }
        return Stop(ref reader, OffsetOf(ref at, ref message), left, last);
    }

    private static int OffsetOf(ref byte place, ref byte message) => (int)Unsafe.ByteOffset(ref message, ref place);

    private Refusal Stop(ref StructuredDataReader reader, int position, int left, nuint last)
    {
        reader.GoOn(position, left);
        _last = (int)last;
        return default;
    }

    // What is read at once as a number needs no look at its first and last byte.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryPutNumber(in KeyPattern pattern, ref byte behind, TextSlice value, SessionEvent into)
    {
        ref byte word = ref Unsafe.Subtract(ref behind, DecimalDigits.WordBytes);
        if (!DecimalDigits.TryReadWord(ref word, value.Length, out ulong number) || number > pattern.WordMaximum) return false;
        into.PutNumber(pattern.Rule.Field, pattern.Rule.Rank, value, (long)number);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryPutAddress(in KeyPattern pattern, ref byte behind, TextSlice value, SessionEvent into)
    {
        ref byte block = ref Unsafe.Subtract(ref behind, DottedAddress.BlockBytes);
        if (!DottedAddress.TryRead(ref block, value.Length, out uint octets) || octets == 0) return false;
        into.PutAddress(pattern.Rule.Field, pattern.Rule.Rank, value, IpAddress.FromIPv4(octets));
        return true;
    }

    // From a position inside the message to the next quote; where there is none, to the end of the message, which zeros follow.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int LengthOfValue(ref byte first, SessionEvent into)
    {
        Vector256<byte> block = Vector256.LoadUnsafe(ref first);
        uint quotes = Vector256.Equals(block, Vector256.Create((byte)'"')).ExtractMostSignificantBits();
        return quotes != 0 ? BitOperations.TrailingZeroCount(quotes) : LengthOfLongValue(ref first, into);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int LengthOfLongValue(ref byte first, SessionEvent into)
    {
        ReadOnlySpan<byte> rest = into.Message[OffsetOf(ref first, ref into.FirstByte)..];
        int length = rest.IndexOf((byte)'"');
        return length < 0 ? rest.Length : length;
    }
}
