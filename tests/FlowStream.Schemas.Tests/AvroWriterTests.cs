using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FlowStream.Testing;

namespace FlowStream.Schemas.Tests;

/// <summary>The primitives beside a plain form of each that goes byte by byte.</summary>
public sealed class AvroWriterTests
{
    [Fact]
    public void A_number_of_any_length_is_zig_zag_and_seven_bits_a_byte()
    {
        for (int bits = 0; bits < 64; bits++)
        {
            long power = 1L << bits;
            foreach (long number in (long[])[power, power - 1, power + 1, -power, ~power, 1 - power])
                Assert.Equal(PlainNumber(number), Number(number));
        }
    }

    [Fact]
    public void A_random_number_is_zig_zag_and_seven_bits_a_byte() => Properties.Check(
        Gen.Choose(0, int.MaxValue).Select(seed => new Random(seed)),
        random =>
        {
            long number = random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
            Assert.Equal(PlainNumber(number), Number(number));
        });

    [Fact]
    public void A_text_of_any_length_is_its_length_and_its_bytes()
    {
        for (int length = 0; length < 200; length++)
        {
            byte[] text = [.. Enumerable.Range(0, length).Select(i => (byte)(i % 0x80))];
            Assert.Equal(PlainText(text), Text(text));
            for (int at = 0; at < length; at++)
            {
                byte[] broken = [.. text];
                broken[at] = 0xFF;
                Assert.Equal(PlainText(broken), Text(broken));
            }
        }
    }

    [Fact]
    public void Text_beyond_ASCII_is_written_as_it_is() => Properties.Check<NonNull<string>>(text =>
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text.Get + "\u00e9\u20ac\U0001F600");
        Assert.Equal(PlainText(bytes), Text(bytes));
    });

    [Fact]
    public void What_may_be_absent_begins_with_its_branch()
    {
        Assert.Equal<byte>([0, 0, 0], Write((ref AvroWriter writer) =>
        {
            writer.WriteLong(null);
            writer.WriteBoolean(null);
            writer.WriteText(null);
        }));
        Assert.Equal<byte>([2, 6, 2, 1, 2, 2, (byte)'x'], Write((ref AvroWriter writer) =>
        {
            writer.WriteLong((long?)3);
            writer.WriteBoolean((bool?)true);
            writer.WriteText((Utf8Text?)Utf8Text.From("x"));
        }));
    }

    private delegate void Writing(ref AvroWriter writer);

    private static byte[] Number(long number) => Write((ref AvroWriter writer) => writer.WriteLong(number));

    private static byte[] Text(byte[] text) => Write((ref AvroWriter writer) => writer.WriteText(new Utf8Text(text)));

    private static byte[] Write(Writing write)
    {
        var output = new ArrayBufferWriter<byte>(1);
        var writer = new AvroWriter(output);
        write(ref writer);
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }

    private static byte[] PlainNumber(long number)
    {
        List<byte> bytes = [];
        ulong rest = (ulong)((number << 1) ^ (number >> 63));
        for (; rest >= 0x80; rest >>= 7) bytes.Add((byte)(rest | 0x80));
        return [.. bytes, (byte)rest];
    }

    private static byte[] PlainText(byte[] text)
    {
        byte[] repaired = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text));
        return [.. PlainNumber(repaired.Length), .. repaired];
    }
}
