using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using FlowStream.Testing;
using FsCheck;

namespace FlowStream.Schemas.Tests;

public sealed class AvroRoundTripTests
{
    [Fact]
    public void A_session_read_back_is_the_session_written() => RoundTrip<CompletedSession>();

    [Fact]
    public void A_denial_read_back_is_the_denial_written() => RoundTrip<Denial>();

    [Fact]
    public void A_window_read_back_is_the_window_written() => RoundTrip<BandwidthWindow>();

    [Fact]
    public void A_record_that_is_read_into_again_keeps_nothing_of_before()
    {
        var reused = new CompletedSession();
        Properties.Check(RecordGenerator.Of<CompletedSession>(), session =>
        {
            var reader = new AvroReader(RecordBytes.Plain(session));
            reused.Read(ref reader);
            Assert.Equal(session, reused);
        });
    }

    [Fact]
    public void A_cleared_record_equals_a_new_one() => Properties.Check(RecordGenerator.Of<CompletedSession>(), session =>
    {
        session.Clear();
        Assert.Equal(new CompletedSession(), session);
    });

    [Fact]
    public void Records_that_differ_in_one_field_are_not_equal()
    {
        CompletedSession session = ExampleRecords.FullSession();
        Assert.Equal(ExampleRecords.FullSession(), session);
        session.Routes[1].RuleName = Utf8Text.From("other");
        Assert.NotEqual(ExampleRecords.FullSession(), session);
        session = ExampleRecords.FullSession();
        session.Extras.Set(Utf8Text.From("connection_tag"), Utf8Text.From("1"));
        Assert.NotEqual(ExampleRecords.FullSession(), session);
        session = ExampleRecords.FullSession();
        session.DeviceSerial = null;
        Assert.NotEqual(ExampleRecords.FullSession(), session);
    }

    [Fact]
    public void Writing_a_record_allocates_nothing()
    {
        CompletedSession session = ExampleRecords.FullSession();
        var framing = new SingleObjectFraming<CompletedSession>();
        var output = new ArrayBufferWriter<byte>(8192);
        framing.Write(session, output);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            output.ResetWrittenCount();
            framing.Write(session, output);
        }
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Text_that_is_not_UTF_8_is_repaired_alike_in_Avro_and_JSON()
    {
        var denial = ExampleRecords.BareDenial();
        denial.Username = new Utf8Text(new byte[] { (byte)'M', 0xFC, (byte)'l', 0xE2, 0x82 });
        denial.Extras.Add(new Utf8Text(new byte[] { 0xFF }), new Utf8Text(new byte[] { 0xC0, 0x80 }));

        Denial read = RecordBytes.ReadPlain<Denial>(RecordBytes.Plain(denial));

        Assert.Equal(Encoding.UTF8.GetString([(byte)'M', 0xFC, (byte)'l', 0xE2, 0x82]), read.Username.ToString());
        Assert.Equal("\uFFFD", read.Extras[0].Key.ToString());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(RecordBytes.Json(read)), JsonNode.Parse(RecordBytes.Json(denial))));
    }

    [Fact]
    public void A_string_longer_than_the_outputs_buffer_is_written_whole()
    {
        var denial = ExampleRecords.BareDenial();
        denial.Reason = Utf8Text.From(new string('x', 1_000_000));
        Assert.Equal(denial, RecordBytes.ReadPlain<Denial>(RecordBytes.Plain(denial)));
    }

    private static void RoundTrip<T>()
        where T : class, IAvroRecord, IEquatable<T>, new() =>
        Properties.Check(RecordGenerator.Of<T>(), record =>
        {
            byte[] bytes = RecordBytes.Plain(record);
            T read = RecordBytes.ReadPlain<T>(bytes);
            Assert.Equal(record, read);
            Assert.Equal(record.GetHashCode(), read.GetHashCode());
            Assert.Equal(bytes, RecordBytes.Plain(read));
        });
}
