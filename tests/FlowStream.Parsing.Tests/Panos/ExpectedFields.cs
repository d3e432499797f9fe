namespace FlowStream.Parsing.Tests.Panos;

/// <summary>Events written down by hand: names and values as <see cref="EventFields"/> lists them, a pipe or line end between.</summary>
internal static class ExpectedFields
{
    public static void Check(string message, string expected)
    {
        string[] fields = expected.Split(['|', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> read = EventFields.Parse(message).Select(f => $"{f.Key} {f.Value}");
        Assert.Equal(fields.Order(StringComparer.Ordinal), read.Order(StringComparer.Ordinal));
    }
}
