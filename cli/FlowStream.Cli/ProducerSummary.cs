using System.Globalization;
using FlowStream.Producers;

namespace FlowStream.Cli;

/// <summary>The account of the producer service as lines for people.</summary>
internal static class ProducerSummary
{
    public static void PrintListening(SyslogProducer producer, TextWriter output)
    {
        foreach ((ListenerCounters counters, System.Net.IPEndPoint endpoint) in producer.Listeners.Zip(producer.Endpoints))
            output.WriteLine($"listening on {counters.Listener.Split("://")[0]}://{endpoint}");
    }

    public static void Print(SyslogProducer producer, TextWriter output)
    {
        foreach (ListenerCounters c in producer.Listeners)
        {
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture, $"{c.Listener}: received {c.Received} = sent {c.Sent} + rejected {c.RejectedTotal}") +
                string.Concat(Reasons(c)) + $"; dropped by the kernel {c.KernelDropped}");
        }
        DeliveryCounters d = producer.Delivery;
        output.WriteLine($"kafka: taken {d.Taken} = acknowledged {d.Acknowledged} + refused {d.Undeliverable} + in flight {d.InFlight}");
    }

    private static IEnumerable<string> Reasons(ListenerCounters counters) =>
        from reason in Enum.GetValues<RejectReason>()
        let count = counters.Rejected(reason)
        where count > 0
        select string.Create(CultureInfo.InvariantCulture, $" {reason.Code()}={count}");
}
