using FlowStream.Testing;
using FsCheck;

namespace FlowStream.Schemas.Tests;

/// <summary>
/// Bytes that are no record are refused by InvalidDataException and by nothing else, and allocate no more than they are worth.
/// </summary>
public sealed class DamagedBytesTests
{
    [Fact]
    public void No_proper_prefix_of_a_record_is_a_record() => Properties.Check(RecordGenerator.Of<CompletedSession>(), session =>
    {
        var framing = new SingleObjectFraming<CompletedSession>();
        byte[] whole = RecordBytes.Framed(session, framing);
        foreach (byte[] prefix in MemoryShapes.Prefixes(whole))
            Assert.Throws<InvalidDataException>(() => framing.Read(new CompletedSession(), prefix));
    }, count: 30);

    [Fact]
    public void Bytes_after_the_record_are_refused() => Properties.Check(RecordGenerator.Of<Denial>(), denial =>
    {
        var framing = new ConfluentFraming<Denial>(7);
        byte[] longer = [.. RecordBytes.Framed(denial, framing), 0];
        Assert.Throws<InvalidDataException>(() => framing.Read(new Denial(), longer));
    });

    [Fact]
    public void Random_damage_is_refused_or_read_as_another_record() => Properties.WithSeed(seed =>
    {
        var random = new Random((int)seed);
        byte[] whole = RecordBytes.Plain(ExampleRecords.FullSession());
        var session = new CompletedSession();
        int refused = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] damaged = (byte[])whole.Clone();
            for (int hits = random.Next(1, 4); hits > 0; hits--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            if (!TryRead(session, damaged)) refused++;
        }
        Assert.True(refused > 0, "The damage never showed: the test proves nothing.");
    });

    [Fact]
    public void Random_bytes_are_refused_or_read() =>
        Properties.Check<byte[]>(bytes => TryRead(new CompletedSession(), bytes), count: 2000);

    // A string, an array and a map whose lengths promise far more than the bytes hold, in both forms of block.
    [Theory]
    [InlineData("FEFFFFFFFFFFFFFFFF01")]
    [InlineData("FFFFFFFFFFFFFFFFFF01")]
    [InlineData("FFFFFFFFFFFFFFFFFF0100")]
    [InlineData("FEFFFFFF0F")]
    public void A_hostile_length_is_refused_without_memory_for_it(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);
        var texts = new AvroArray<Utf8Text>();
        var map = new AvroMap();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refused(() => new AvroReader(bytes).ReadText());
        Refused(() => new AvroReader(bytes).ReadTexts(texts));
        Refused(() => new AvroReader(bytes).ReadMap(map));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);

        static void Refused(Action read) => Assert.Throws<InvalidDataException>(read);
    }

    [Fact]
    public void Another_schemas_fingerprint_is_refused()
    {
        byte[] denial = RecordBytes.Framed(ExampleRecords.FullDenial(), new SingleObjectFraming<Denial>());
        var fault = Assert.Throws<InvalidDataException>(
            () => new SingleObjectFraming<BandwidthWindow>().Read(new BandwidthWindow(), denial));
        Assert.Contains("Not a framed BandwidthWindow", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_schema_id_is_refused()
    {
        byte[] denial = RecordBytes.Framed(ExampleRecords.FullDenial(), new ConfluentFraming<Denial>(258));
        Assert.Equal("0000000102", Convert.ToHexString(denial[..5]));
        Assert.Throws<InvalidDataException>(() => new ConfluentFraming<Denial>(259).Read(new Denial(), denial));
    }

    private static bool TryRead(CompletedSession session, byte[] bytes)
    {
        try
        {
            var reader = new AvroReader(bytes);
            session.Read(ref reader);
        }
        catch (InvalidDataException)
        {
            return false;
        }
        // What was accepted can be shown and written, whatever it holds.
        Assert.NotEmpty(RecordBytes.Json(session));
        Assert.NotEmpty(RecordBytes.Plain(session));
        return true;
    }
}
