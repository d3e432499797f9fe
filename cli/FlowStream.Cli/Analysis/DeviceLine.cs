using FlowStream.Cli.Summary;

namespace FlowStream.Cli.Analysis;

/// <summary>What became of the sessions of one device, as the join counted them.</summary>
internal sealed record DeviceLine(
    string Device, long Begun, long Complete, long NoCreate, long NoClose, long UpdatesOnly, long Superseded, long TimedOut)
{
    private const string DeviceTag = "device=";

    /// <summary>The share of creates that were lost, as far as closes tell; null without a close.</summary>
    public double? CreateLoss => Share(NoCreate);

    /// <summary>The share of closes that were lost, as far as creates tell; null without a create.</summary>
    public double? CloseLoss => Share(NoClose);

    /// <summary>The devices in <paramref name="meters"/>, by name.</summary>
    public static IReadOnlyList<DeviceLine> Read(MeterTotals meters)
    {
        IReadOnlyDictionary<string, long> begun = meters.ByTags("flowstream.sessions.begun");
        IReadOnlyDictionary<string, long> ended = meters.ByTags("flowstream.sessions.ended");
        IReadOnlyDictionary<string, long> inferred = meters.ByTags("flowstream.sessions.inferred");
        return [.. begun.Keys.Order(StringComparer.Ordinal).Select(Line)];

        DeviceLine Line(string device) => new(
            device[DeviceTag.Length..],
            begun[device],
            ended.GetValueOrDefault($"completeness=complete,{device}"),
            ended.GetValueOrDefault($"completeness=no_create,{device}"),
            ended.GetValueOrDefault($"completeness=no_close,{device}"),
            ended.GetValueOrDefault($"completeness=updates_only,{device}"),
            inferred.GetValueOrDefault($"reason=superseded,{device}"),
            inferred.GetValueOrDefault($"reason=timeout-inferred,{device}"));
    }

    private double? Share(long lost) => lost + Complete == 0 ? null : (double)lost / (lost + Complete);
}
