namespace FlowStream.Broker.Tests.WireCodec;

/// <summary>One value of each kind that the protocol has.</summary>
public sealed record WireValues(long Number, string? Text, string Name, int[] Numbers, byte[] Bytes)
{
    public bool Equals(WireValues? other) =>
        other is not null && Number == other.Number && Text == other.Text && Name == other.Name
        && Numbers.AsSpan().SequenceEqual(other.Numbers) && Bytes.AsSpan().SequenceEqual(other.Bytes);

    public override int GetHashCode() => HashCode.Combine(Number, Text, Name, Numbers.Length, Bytes.Length);
}
