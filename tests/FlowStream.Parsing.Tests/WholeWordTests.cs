using System.Text;
using FlowStream.Testing;
using FsCheck.Fluent;

namespace FlowStream.Parsing.Tests;

/// <summary>What is read several bytes at a time is what is read byte by byte.</summary>
public sealed class WholeWordTests
{
    // What stands in front of a value in a message, and must not matter.
    private static readonly string[] Before = ["", "7", "port=\"", "9999999999999999", "the bytes before a value are read with it: 0"];

    [Fact]
    public void A_number_is_that_of_its_digits() => Properties.Check(
        Gen.Choose(0, int.MaxValue).Select(seed => new Random(seed)),
        random =>
        {
            char[] text = [.. Enumerable.Range(0, random.Next(22)).Select(_ => (char)random.Next('0', '9' + 1))];
            if (random.Next(3) == 0 && text.Length > 0) text[random.Next(text.Length)] = "/:;a\u00B0\u00FF\0 "[random.Next(8)];
            byte[] message = Message(random, text, out TextSlice value);
            bool expected = ValueReader.TryReadNumber(message.AsSpan(value.Offset, value.Length), out ulong digits);
            bool near = value.Length is 0 or > 16 || message.Length < (value.Length > 8 ? 16 : 8);
            Assert.Equal(expected && !near, DecimalDigits.TryRead(message, value, out ulong number));
            if (expected && !near) Assert.Equal(digits, number);
            Assert.Equal(text.Length > 0 && text.All(char.IsAsciiDigit), DecimalDigits.IsNumber(message, value));
        },
        count: 5_000);

    [Fact]
    public void Every_byte_at_every_place_of_a_short_number_is_a_digit_or_none()
    {
        for (int length = 0; length <= DecimalDigits.WordBytes + 1; length++)
        {
            for (int place = 0; place < length; place++)
            {
                for (int b = 0; b < 256; b++)
                {
                    byte[] message = [.. "907816345"u8[..length], .. "7\"x\u00FFyyyyyy"u8];
                    message[place] = (byte)b;
                    bool fits = length <= DecimalDigits.WordBytes;
                    bool expected = ValueReader.TryReadNumber(message.AsSpan(0, length), out ulong digits) && fits;
                    Assert.Equal(expected, DecimalDigits.TryReadWordFrom(ref message[0], (uint)length, out ulong number));
                    if (expected) Assert.Equal(digits, number);
                }
            }
        }
    }

    [Fact]
    public void A_dotted_address_has_one_to_three_digits_in_each_octet()
    {
        foreach (int[] lengths in Lengths(4))
        {
            string text = string.Join('.', lengths.Select(length => "1234567"[..length]));
            byte[] message = [.. "19216817254.12.7"u8, .. Encoding.ASCII.GetBytes(text)];
            bool expected = text.Length <= 15 && IpAddress.TryParse(message.AsSpan(DottedAddress.BlockBytes), out _);
            Assert.Equal(expected, DottedAddress.TryRead(ref message[text.Length], text.Length, out uint octets));
            if (expected) Assert.Equal(text, IpAddress.FromIPv4(octets).ToString());
        }
    }

    [Fact]
    public void A_dotted_address_is_that_of_its_bytes() => Properties.Check(
        Gen.Choose(0, int.MaxValue).Select(seed => new Random(seed)),
        random =>
        {
            string address = string.Join('.', Enumerable.Range(0, random.Next(8) == 0 ? 5 : 4)
                .Select(_ => random.Next(random.Next(2) == 0 ? 280 : 100)));
            char[] text = address.ToCharArray();
            if (random.Next(3) == 0) text[random.Next(text.Length)] = "0123456789./:x\u00B1"[random.Next(15)];
            byte[] message = [.. new byte[DottedAddress.BlockBytes].Select(_ => (byte)random.Next(256)), .. Encoding.Latin1.GetBytes(text)];
            bool expected = IpAddress.TryParse(message.AsSpan(DottedAddress.BlockBytes), out IpAddress parsed) && parsed.IsIPv4;
            Assert.Equal(expected, DottedAddress.TryRead(ref message[text.Length], text.Length, out uint octets));
            if (expected) Assert.Equal(parsed, IpAddress.FromIPv4(octets));
        },
        count: 5_000);

    [Theory]
    [InlineData("N/A", AbsentForms.NotAvailable, true)]
    [InlineData("na", AbsentForms.NotAvailable, true)]
    [InlineData("Na Na", AbsentForms.NotAvailable, true)]
    [InlineData("N\u000FA", AbsentForms.NotAvailable, false)]
    [InlineData("None", AbsentForms.NotAvailable, false)]
    [InlineData("None", AbsentForms.NoneWord, true)]
    [InlineData("UNKNOWN", AbsentForms.Unknown | AbsentForms.NoneWord, true)]
    [InlineData("UNKNOWNS", AbsentForms.Unknown, false)]
    [InlineData("Not-Applicable", AbsentForms.NotApplicable, true)]
    [InlineData("Not\u000DApplicable", AbsentForms.NotApplicable, false)]
    [InlineData("0.0.0.0/0", AbsentForms.UnspecifiedAddress, true)]
    [InlineData("\u0010.0.0.0", AbsentForms.UnspecifiedAddress, false)]
    [InlineData("0", AbsentForms.UnspecifiedAddress, false)]
    [InlineData("inconclusive", AbsentForms.Inconclusive, true)]
    [InlineData("inconclusive, or not", AbsentForms.Inconclusive, false)]
    public void Only_the_form_itself_says_that_there_is_no_value(string text, object forms, bool absent) =>
        Assert.Equal(absent, ValueReader.IsAbsent(Encoding.ASCII.GetBytes(text), (AbsentForms)forms));

    private static byte[] Message(Random random, char[] text, out TextSlice value)
    {
        string before = Before[random.Next(Before.Length)];
        value = new TextSlice(before.Length, text.Length);
        return [.. Encoding.Latin1.GetBytes(before), .. Encoding.Latin1.GetBytes(text)];
    }

    // All lists of so many lengths of octets, good and bad.
    private static IEnumerable<int[]> Lengths(int octets) => octets == 0
        ? [[]]
        : Lengths(octets - 1).SelectMany(others => Enumerable.Range(0, 6).Select(length => (int[])[length, .. others]));
}
