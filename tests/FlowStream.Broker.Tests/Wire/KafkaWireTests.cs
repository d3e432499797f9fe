using FlowStream.Broker.Wire;
using FlowStream.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace FlowStream.Broker.Tests.WireCodec;

public sealed class KafkaWireTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_written_is_read_back(bool flexible) => Properties.Check(Values, values =>
    {
        var bytes = Write(values, flexible);
        var reader = new KafkaReader(bytes, flexible);
        Assert.Equal(values, Read(ref reader));
        Assert.Equal(WireError.None, reader.Error);
        Assert.Equal(0, reader.Remaining);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_prefix_fails_and_reads_as_nothing_from_there(bool flexible) => Properties.Check(
        Values,
        values =>
        {
            foreach (var prefix in MemoryShapes.Prefixes(Write(values, flexible)))
            {
                var reader = new KafkaReader(prefix, flexible);
                Read(ref reader);
                Assert.True(reader.Failed);
                Assert.Equal(0, reader.Remaining);
                Assert.Equal(0, reader.ReadInt64());
                Assert.Null(reader.ReadNullableString());
            }
        },
        count: 20);

    [Fact]
    public void Varints_of_every_length_come_back() => Properties.Check<uint>(value =>
    {
        using var writer = new KafkaWriter();
        writer.WriteUnsignedVarint(value);
        var reader = new KafkaReader(writer.Written.Span, flexible: true);
        var read = reader.ReadUnsignedVarint();
        if (value <= int.MaxValue)
            Assert.Equal((int)value, read);
        else
            Assert.Equal(WireError.VarintTooLong, reader.Error);
    });

    [Theory]
    [InlineData(new byte[] { 0x7F, 0xFF, 0xFF, 0xFF, 1, 2, 3 }, nameof(WireError.CountAboveLimit))]
    [InlineData(new byte[] { 0, 0, 0, 9, 1, 2, 3 }, nameof(WireError.CountBeyondRequest))]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF }, nameof(WireError.UnexpectedNull))]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFE }, nameof(WireError.NegativeLength))]
    [InlineData(new byte[] { 0, 0, 0 }, nameof(WireError.Truncated))]
    public void An_array_length_that_the_bytes_cannot_hold_is_an_error(byte[] bytes, string expected)
    {
        var reader = new KafkaReader(bytes, flexible: false);
        Assert.Empty(reader.ReadArray(minElementBytes: 1, static (ref KafkaReader element) => element.ReadInt8()));
        Assert.Equal(expected, reader.Error.ToString());
    }

    [Fact]
    public void Ill_formed_text_is_an_error()
    {
        var reader = new KafkaReader([0, 2, 0xC3, 0x28], flexible: false);
        Assert.Null(reader.ReadNullableString());
        Assert.Equal(WireError.InvalidText, reader.Error);
    }

    [Fact]
    public void Tags_are_passed_over_whatever_they_hold()
    {
        var reader = new KafkaReader([2, 0, 1, 0xAA, 5, 3, 1, 2, 3, 0x2A], flexible: true);
        reader.SkipTags();
        Assert.Equal(0x2A, reader.ReadInt8());
        Assert.False(reader.Failed);
    }

    [Fact]
    public void A_gap_moves_what_is_behind_it()
    {
        using var writer = new KafkaWriter();
        for (sbyte value = 0; value < 10; value++)
            writer.WriteInt8(value);
        writer.InsertGap(position: 4, count: 3);
        Assert.Equal(13, writer.Length);
        Assert.Equal([0, 1, 2, 3], writer.Written.Span[..4].ToArray());
        Assert.Equal([4, 5, 6, 7, 8, 9], writer.Written.Span[7..].ToArray());
    }

    [Fact]
    public void Random_bytes_never_throw() => Properties.Check<byte[]>(bytes =>
    {
        foreach (var flexible in new[] { false, true })
        {
            var reader = new KafkaReader(bytes, flexible);
            Read(ref reader);
            Assert.InRange(reader.Position, 0, bytes.Length);
        }
    });

    private static Gen<WireValues> Values =>
        from number in ArbMap.Default.GeneratorFor<long>()
        from text in ArbMap.Default.GeneratorFor<string?>()
        from name in ArbMap.Default.GeneratorFor<NonNull<string>>()
        from numbers in ArbMap.Default.GeneratorFor<int[]>()
        from bytes in ArbMap.Default.GeneratorFor<byte[]>()
        select new WireValues(number, WellFormed(text), WellFormed(name.Get)!, numbers, bytes);

    private static string? WellFormed(string? text) =>
        text is null ? null : System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));

    private static byte[] Write(WireValues values, bool flexible)
    {
        using var writer = new KafkaWriter { Flexible = flexible };
        writer.WriteInt64(values.Number);
        writer.WriteInt32((int)values.Number);
        writer.WriteInt16((short)values.Number);
        writer.WriteInt8((sbyte)values.Number);
        writer.WriteBoolean(values.Number > 0);
        writer.WriteString(values.Text);
        writer.WriteString(values.Name);
        writer.WriteInt32Array(values.Numbers);
        writer.WriteBytes(values.Bytes);
        writer.WriteTags();
        writer.WriteInt8(1);
        return writer.Written.ToArray();
    }

    private static WireValues Read(ref KafkaReader reader)
    {
        var number = reader.ReadInt64();
        var agrees = reader.ReadInt32() == (int)number && reader.ReadInt16() == (short)number && reader.ReadInt8() == (sbyte)number;
        agrees &= reader.ReadBoolean() == number > 0;
        var text = reader.ReadNullableString();
        var name = reader.ReadString();
        var numbers = reader.ReadArray(minElementBytes: 4, static (ref KafkaReader element) => element.ReadInt32());
        var bytes = reader.ReadBytes().ToArray();
        reader.SkipTags();
        agrees &= reader.ReadInt8() == 1;
        return new WireValues(agrees ? number : number ^ -1, text, name, [.. numbers], bytes);
    }
}
