using FlowStream.Benchmarks.EndToEnd;
using BrokerProcess broker = BrokerProcess.Start();
byte[] value = new byte[700];
for (int i = 0; i < 2; i++)
{
Console.WriteLine($"produce {ClientRates.Produce(broker.Endpoint, "t" + i, value, 500_000):N0}/s");
Console.WriteLine($"consume {ClientRates.Consume(broker.Endpoint, "t" + i, 4, 500_000):N0}/s");
}
