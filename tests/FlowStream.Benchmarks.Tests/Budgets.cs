using System.Text.Json;

namespace FlowStream.Benchmarks.Tests;

/// <summary>The bytes that each part may allocate for a message: <c>bench/budgets.json</c>.</summary>
internal static class Budgets
{
    private static readonly Dictionary<string, double> PerMessage = Read();

    /// <summary>Names of all budgets.</summary>
    public static IEnumerable<string> Names => PerMessage.Keys;

    /// <summary>Fails when <paramref name="allocated"/> bytes for <paramref name="messages"/> messages are more than the budget.</summary>
    public static void AssertKept(string name, long allocated, int messages)
    {
        double each = (double)allocated / messages;
        Assert.True(each <= PerMessage[name], $"{name}: {each:0.####} bytes allocated per message, {PerMessage[name]} are budgeted");
    }

    private static Dictionary<string, double> Read()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "budgets.json")));
        JsonElement budgets = json.RootElement.GetProperty("bytesAllocatedPerMessage");
        return budgets.EnumerateObject().ToDictionary(budget => budget.Name, budget => budget.Value.GetDouble());
    }
}
