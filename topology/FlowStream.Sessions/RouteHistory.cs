using FlowStream.Parsing;
using FlowStream.Schemas;
using FlowStream.Sessions.State;

namespace FlowStream.Sessions;

/// <summary>
/// The route of a session, oldest step first: what advanced policy-based routing, a changed next hop and AppQoE said of it, each where it
/// differs from the step before.
/// </summary>
internal sealed class RouteHistory
{
    private const uint Routed = (1u << (int)EventTag.AppTrackSessionRouteUpdate) | (1u << (int)EventTag.RtFlowNexthopChange)
        | (1u << (int)EventTag.AppQoeBestPathSelected);

    private readonly SessionStore _store;

    /// <summary>Makes a history over the sessions of <paramref name="store"/>.</summary>
    public RouteHistory(SessionStore store) => _store = store;

    /// <summary>Adds the steps of <paramref name="slot"/> to <paramref name="routes"/>, which is empty.</summary>
    public void Fill(AvroRecordArray<RouteChange> routes, in SessionSlot slot)
    {
        if ((slot.Tags & Routed) == 0) return;
        for (int id = slot.FirstMessage; id != 0; id = _store.Messages[id].Next)
        {
            ref MessageNode node = ref _store.Messages[id];
            if (node.IsFloor || (Routed & (1u << (int)node.Tag)) == 0) continue;
            bool chosen = node.Tag == EventTag.AppQoeBestPathSelected;
            Utf8Text? outgoing = Text(node.Profile, Field.DestinationInterfaceName);
            Utf8Text? instance = Text(node.Profile, Field.RoutingInstance);
            Utf8Text? profile = Extra(node.Extras, chosen ? "apbr_profile"u8 : "profile_name"u8);
            Utf8Text? rule = Extra(node.Extras, chosen ? "apbr_rule"u8 : "rule_name"u8);
            if (routes.Count > 0 && Says(routes[routes.Count - 1], outgoing, instance, profile, rule)) continue;
            RouteChange step = routes.Add();
            step.Time = node.Time;
            step.DestinationInterfaceName = outgoing;
            step.RoutingInstance = instance;
            step.ProfileName = profile;
            step.RuleName = rule;
        }
    }

    private static bool Says(RouteChange step, Utf8Text? outgoing, Utf8Text? instance, Utf8Text? profile, Utf8Text? rule) =>
        step.DestinationInterfaceName == outgoing && step.RoutingInstance == instance && step.ProfileName == profile
        && step.RuleName == rule;

    private Utf8Text? Text(int profile, Field field)
    {
        ReadOnlySpan<byte> bytes = _store.Texts[profile];
        uint rest = Profile.Bits(bytes);
        int position = Profile.HeaderBytes;
        while (rest != 0)
        {
            int at = Profile.Next(bytes, ref rest, ref position, out int offset, out int length);
            if (Profile.Fields[at] == field) return new Utf8Text(_store.Texts.Memory(profile).Slice(offset, length));
        }
        return null;
    }

    private Utf8Text? Extra(int extras, ReadOnlySpan<byte> key)
    {
        if (extras == 0) return null;
        ReadOnlyMemory<byte> blob = _store.Extras.Memory(extras);
        ReadOnlySpan<byte> order = _store.Extras.Suffix(extras);
        for (int i = 0; i < blob.Span[0]; i++)
        {
            ExtrasBlob.Pair(blob.Span, ExtrasBlob.OffsetAt(order, i), out Range name, out Range value);
            if (blob.Span[name].SequenceEqual(key)) return new Utf8Text(blob[value]);
        }
        return null;
    }
}
