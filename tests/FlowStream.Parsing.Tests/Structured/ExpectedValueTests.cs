using System.Text;
using FlowStream.Parsing.Junos;

namespace FlowStream.Parsing.Tests.Structured;

/// <summary>
/// An event that has learnt the order of the keys reads values in a quicker way than a new one, which looks each key up: both must read
/// the same.
/// </summary>
public sealed class ExpectedValueTests
{
    private const string Start =
        "<14>1 2026-05-01T08:28:10.933Z fw1 RT_FLOW - APPQOE_APP_SLA_METRIC_VIOLATION [junos@2636.1.1.1.2.129 ";

    private static readonly string[] Words =
    [
        "", "n/a", "N/A", "NA", "na na", "None", "UNKNOWN", "inconclusive", "0.0.0.0", "::", "0.0.0.0/0", "::/0", "4294967295", "-1",
        "n/b", "nono", "unknowns", "0.0.0.1", "255.255.255.255", "256.1.1.1", "01.2.3.4", "2001:db8::1", "::ffff:192.0.2.1", "tcp", "0x1F",
        "255", "256", "65535", "65536", "00000000", "99999999", "18446744073709551615", "18446744073709551616", "9223372036854775808",
    ];

    private static readonly string[] Keys =
    [
        .. FieldTable.Definitions.SelectMany(d => d.Keys).Select(key => key.Name),
        .. JunosExtras.Keys.Select(key => key.Name),
        "not-listed",
    ];

    public static TheoryData<string> EveryKey => [.. Keys];

    [Theory]
    [MemberData(nameof(EveryKey))]
    public void A_value_is_read_as_by_an_event_that_expects_nothing(string key)
    {
        var used = new SessionEvent();
        SyslogParser.Parse(Message(key, "7"u8), used);
        foreach (byte[] value in Values()) Compare(Message(key, value), used);
    }

    [Fact]
    public void A_key_that_comes_again_is_read_as_by_an_event_that_expects_nothing()
    {
        foreach (FieldDefinition definition in FieldTable.Definitions)
        {
            foreach (string first in definition.Keys.Select(key => key.Name))
            {
                foreach (string second in definition.Keys.Select(key => key.Name))
                {
                    string values = $"{first}=\"192.0.2.7\" {second}=\"192.0.2.8\" {first}=\"9\" {second}=\"9\"]";
                    byte[] message = Encoding.ASCII.GetBytes(Start + values);
                    var used = new SessionEvent();
                    SyslogParser.Parse(message, used);
                    Compare(message, used);
                }
            }
        }
    }

    private static void Compare(byte[] message, SessionEvent used)
    {
        var fresh = new SessionEvent();
        Refusal expected = SyslogParser.Parse(message, fresh);
        string text = Encoding.Latin1.GetString(message);
        Assert.True(expected == SyslogParser.Parse(message, used), text);
        Assert.True(fresh.Repairs == used.Repairs, text);
        Assert.True(fresh.Present == used.Present, text);
        Assert.Equal(EventFields.Of(fresh), EventFields.Of(used));
    }

    // Two keys around it, so that the value is not the last of the message.
    private static byte[] Message(string key, ReadOnlySpan<byte> value) =>
        [.. Encoding.ASCII.GetBytes($"{Start}url=\"x\" {key}=\""), .. value, .. "\" category=\"y\"]"u8];

    // Numbers of every length, texts of every length around the width of a block, each byte at the start, inside and at the end.
    private static IEnumerable<byte[]> Values()
    {
        foreach (string word in Words) yield return Encoding.ASCII.GetBytes(word);
        for (int length = 1; length <= 70; length++)
        {
            yield return [.. Enumerable.Range(0, length).Select(i => (byte)('1' + (i % 9)))];
            yield return [.. Enumerable.Repeat((byte)'t', length)];
        }
        for (int b = 0; b < 256; b++)
        {
            yield return [(byte)b];
            yield return [(byte)b, (byte)'1', (byte)'2'];
            yield return [(byte)'1', (byte)b, (byte)'2'];
            yield return [(byte)'1', (byte)'2', (byte)b];
        }
    }
}
