using System.Runtime.CompilerServices;

namespace FlowStream.Parsing;

/// <summary>
/// What is to be looked at more closely in a value that begins with a byte, as one number: the forms of "no value" that begin so, and
/// whether a format reads such values in another way than others.
/// </summary>
internal sealed class NotableBytes
{
    /// <summary>The value is not one that is read as it stands; it is no form of "no value".</summary>
    public const AbsentForms Unusual = (AbsentForms)0x8000;

    private readonly AbsentForms[] _byByte;

    /// <summary>Makes the table of a format.</summary>
    /// <param name="unusual">True for a byte that begins an <see cref="Unusual"/> value.</param>
    public NotableBytes(Func<byte, bool> unusual) =>
        _byByte = [.. Enumerable.Range(0, 256).Select(b => AbsentTexts.BeginningWith((byte)b) | (unusual((byte)b) ? Unusual : 0))];

    /// <summary>What is notable about a value that begins with <paramref name="first"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public AbsentForms Of(byte first) => _byByte[first];
}
