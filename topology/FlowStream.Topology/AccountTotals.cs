using FlowStream.Schemas;
using FlowStream.Sessions;

namespace FlowStream.Topology;

/// <summary>The account of a device as of the last commit.</summary>
internal readonly record struct AccountTotals(
    long Begun, long Carried, long Open, long Complete, long NoCreate, long NoClose, long UpdatesOnly, long Superseded, long TimedOut)
{
    public static AccountTotals Of(DeviceAccount account) => new(
        account.Begun,
        account.Carried,
        account.Open,
        account.EndedAs(Completeness.Complete),
        account.EndedAs(Completeness.NoCreate),
        account.EndedAs(Completeness.NoClose),
        account.EndedAs(Completeness.UpdatesOnly),
        account.Superseded,
        account.TimedOut);
}
