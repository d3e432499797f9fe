using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using FlowStream.Parsing;

namespace FlowStream.Fuzz.Tests.Targets.Parsers;

/// <summary>What every accepted message's event owes, whatever its format.</summary>
internal static class EventChecks
{
    private static readonly Field[] Fields = Enum.GetValues<Field>();

    private static readonly Field[] Flow =
        [Field.SourceAddress, Field.SourcePort, Field.DestinationAddress, Field.DestinationPort, Field.ProtocolId];

    // What says nothing about one session: paths, measurements of them.
    private static readonly EventKind[] WithoutSession =
        [EventKind.PathSelected, EventKind.SlaReport, EventKind.SlaViolation, EventKind.Other];

    /// <summary>True when the event shows a flow.</summary>
    public static bool HasFlow(SessionEvent e) => Array.TrueForAll(Flow, e.Has);

    /// <summary>The fields without which an event is of no use are there.</summary>
    public static void Complete(SessionEvent e)
    {
        Assert.NotEqual(EventKind.None, e.Kind);
        Assert.NotEqual(EventTag.None, e.Tag);
        Assert.NotEqual(MessageShape.None, e.Shape);
        if (WithoutSession.Contains(e.Kind)) return;
        Assert.True(HasFlow(e), "an event without its flow");
        if (e.Kind != EventKind.Deny) Assert.True(e.Has(Field.SessionId), "an event without its session");
    }

    /// <summary>Every piece of text lies inside the event's message, which is no longer than the input.</summary>
    public static void Inside(SessionEvent e, int inputLength)
    {
        Assert.InRange(e.Message.Length, 0, inputLength);
        Inside(e, e.DeviceHost);
        foreach (Field field in Fields) Inside(e, e.Text(field));
        for (int i = 0; i < e.ExtraCount; i++)
        {
            Assert.NotEqual(0, e.ExtraKey(i).Length);
            Inside(e, e.ExtraValue(i));
        }
    }

    /// <summary>Numbers and addresses are what the framework reads in the same text.</summary>
    public static void Values(SessionEvent e)
    {
        foreach (Field field in Fields)
        {
            if (!e.Has(field)) continue;
            FieldKind kind = FieldTable.Definition(field).Kind;
            if (kind == FieldKind.Text) continue;
            string text = Encoding.Latin1.GetString(e.Text(field));
            if (kind == FieldKind.Address) Assert.Equal(Plain(IPAddress.Parse(text)), Plain(IPAddress.Parse(e.Address(field).ToString())));
            else if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number))
                Assert.Equal(number, (ulong)e.Number(field));
            else if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
                Assert.Equal(Convert.ToUInt64(text, 16), (ulong)e.Number(field));
            else Assert.True(kind is FieldKind.Protocol or FieldKind.LocalTime, $"{field} is {e.Number(field)} in \"{text}\"");
        }
    }

    /// <summary>What is different in two events of the same message, or null.</summary>
    public static string? Difference(SessionEvent a, SessionEvent b)
    {
        if ((a.Kind, a.Tag, a.Shape, a.Repairs, a.Time) != (b.Kind, b.Tag, b.Shape, b.Repairs, b.Time)) return "what the message is";
        if (!a.Message.SequenceEqual(b.Message)) return "the message";
        if (!a.DeviceHost.SequenceEqual(b.DeviceHost)) return "the host";
        foreach (Field field in Fields)
        {
            if (a.Has(field) != b.Has(field) || !a.Text(field).SequenceEqual(b.Text(field))) return field.ToString();
            if (!a.Has(field)) continue;
            FieldKind kind = FieldTable.Definition(field).Kind;
            if (kind == FieldKind.Address && a.Address(field) != b.Address(field)) return field.ToString();
            if (kind is not (FieldKind.Address or FieldKind.Text) && a.Number(field) != b.Number(field)) return field.ToString();
        }
        if (a.ExtraCount != b.ExtraCount) return "the number of extras";
        for (int i = 0; i < a.ExtraCount; i++)
        {
            if (!a.ExtraKey(i).SequenceEqual(b.ExtraKey(i)) || !a.ExtraValue(i).SequenceEqual(b.ExtraValue(i)))
                return Encoding.Latin1.GetString(a.ExtraKey(i));
        }
        return null;
    }

    /// <summary>A number for what the parser did with a message: the answer, what it is and about how much it holds.</summary>
    public static ulong Behaviour(Refusal answer, SessionEvent e)
    {
        var hash = default(HashCode);
        hash.Add((int)answer.Reason);
        hash.Add(answer.Field is { } field ? (int)field : -1);
        hash.Add((e.Kind, e.Tag, e.Shape, e.Repairs, e.Time is null, e.Time?.OffsetMinutes is null, e.DeviceHost.IsEmpty));
        hash.Add(Fields.Count(e.Has) / 4);
        hash.Add(e.ExtraCount / 4);
        return (uint)hash.ToHashCode();
    }

    private static void Inside(SessionEvent e, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return;
        nint offset = Unsafe.ByteOffset(ref MemoryMarshal.GetReference(e.Message), ref MemoryMarshal.GetReference(text));
        Assert.InRange(offset, 0, e.Message.Length - text.Length);
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
