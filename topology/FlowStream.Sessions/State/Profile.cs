using System.Buffers.Binary;
using System.Numerics;
using FlowStream.Parsing;

namespace FlowStream.Sessions.State;

/// <summary>
/// Text fields of one message as one byte string: a bit per field that is present, then each present field's length (2 bytes) and
/// bytes, in the order of <see cref="Fields"/> from the first that the profile has a bit for, then whatever follows: for a close the bytes
/// of its reason. Many messages share one, so it
/// is interned whole. A message has two, because each user meets each application: <see cref="PersonFields"/> and the reason, and the rest.
/// </summary>
internal static class Profile
{
    /// <summary>
    /// The first of <see cref="Fields"/>. They stand together in <see cref="Field"/>, so that those that a message has are known at once.
    /// </summary>
    public const Field First = Field.NestedApplication;

    /// <summary>The fields, in order. The applications come first: they are read for every delta.</summary>
    public static readonly Field[] Fields = [.. Enumerable.Range((int)First, Field.DeviceSerial - First + 1).Select(i => (Field)i)];

    /// <summary>How many of <see cref="Fields"/>, at their end, say who: they stand in a profile of their own.</summary>
    public const int PersonFields = 3;

    /// <summary>The first of <see cref="Fields"/> that says who: the field of the lowest bit of the profile that says so.</summary>
    public static readonly int FirstPersonField = Fields.Length - PersonFields;

    /// <summary>Bytes before the first field.</summary>
    public const int HeaderBytes = 2;

    /// <summary>Bytes before each field's text.</summary>
    public const int FieldHeaderBytes = 2;

    private const uint ApplicationBits = 0b11;

    /// <summary>Longest profile, its reason included, when no text is longer than <paramref name="maxTextBytes"/>.</summary>
    public static int MaxBytes(int maxTextBytes) => HeaderBytes + (Fields.Length * (FieldHeaderBytes + maxTextBytes)) + maxTextBytes;

    /// <summary>The nested application, else the application; empty when the message has none.</summary>
    public static ReadOnlySpan<byte> Application(ReadOnlySpan<byte> profile)
    {
        if (profile.IsEmpty || (BinaryPrimitives.ReadUInt16LittleEndian(profile) & ApplicationBits) == 0) return default;
        return profile.Slice(HeaderBytes + FieldHeaderBytes, BinaryPrimitives.ReadUInt16LittleEndian(profile[HeaderBytes..]));
    }

    /// <summary>The text of <paramref name="field"/> in the one of the two profiles that has it; empty when the message has none.</summary>
    public static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> profile, Field field)
    {
        int wanted = Array.IndexOf(Fields, field);
        if (wanted >= FirstPersonField) wanted -= FirstPersonField;
        uint rest = Bits(profile);
        if ((rest & (1u << wanted)) == 0) return default;
        int position = HeaderBytes;
        int offset, length;
        while (Next(profile, ref rest, ref position, out offset, out length) != wanted) continue;
        return profile.Slice(offset, length);
    }

    /// <summary>
    /// Takes the next present field, counted from the first field of the profile: call with <paramref name="rest"/> the bits not yet taken
    /// and the position after the last.
    /// </summary>
    public static int Next(ReadOnlySpan<byte> profile, ref uint rest, ref int position, out int offset, out int length)
    {
        int field = BitOperations.TrailingZeroCount(rest);
        rest &= rest - 1;
        length = BinaryPrimitives.ReadUInt16LittleEndian(profile[position..]);
        offset = position + FieldHeaderBytes;
        position = offset + length;
        return field;
    }

    /// <summary>The bits of the fields that are present.</summary>
    public static uint Bits(ReadOnlySpan<byte> profile) => profile.IsEmpty ? 0u : BinaryPrimitives.ReadUInt16LittleEndian(profile);

    /// <summary>Where the reason begins; the length of the profile when it has none.</summary>
    public static int ReasonAt(ReadOnlySpan<byte> profile)
    {
        if (profile.IsEmpty) return 0;
        uint rest = Bits(profile);
        int position = HeaderBytes;
        while (rest != 0) Next(profile, ref rest, ref position, out _, out _);
        return position;
    }

    /// <summary>True when the bytes, which come from a saved row, are a whole profile.</summary>
    /// <param name="profile">The bytes.</param>
    /// <param name="fields">How many fields it can have.</param>
    /// <param name="mayHaveReason">True for that of a close.</param>
    public static bool IsValid(ReadOnlySpan<byte> profile, int fields, bool mayHaveReason)
    {
        if (profile.IsEmpty) return true;
        if (profile.Length < HeaderBytes) return false;
        uint rest = Bits(profile);
        if (rest >> fields != 0) return false;
        int position = HeaderBytes;
        while (rest != 0)
        {
            if (profile.Length - position < FieldHeaderBytes) return false;
            Next(profile, ref rest, ref position, out _, out _);
            if (position > profile.Length) return false;
        }
        return position == profile.Length || mayHaveReason;
    }
}
