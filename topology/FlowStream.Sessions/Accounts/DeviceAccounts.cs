using System.Text;
using FlowStream.Sessions.State;

namespace FlowStream.Sessions;

/// <summary>
/// An account for each device, in the order in which they came, and one for all that came after <see cref="MaxDevices"/>: a sender can make
/// up names without end.
/// </summary>
public sealed class DeviceAccounts
{
    /// <summary>Devices with an account of their own: as many as a site has, and few enough to be tags of a metric.</summary>
    public const int MaxDevices = 256;

    /// <summary>What the account of the rest is called; it stands first.</summary>
    public const string OtherName = "other";

    private readonly List<DeviceAccount> _all = [new(OtherName)];
    private readonly DeviceTable<DeviceAccount> _byName;

    internal DeviceAccounts(ulong hashSeed) => _byName = new DeviceTable<DeviceAccount>(MaxDevices, hashSeed);

    /// <summary>The accounts, that of the rest first.</summary>
    public IReadOnlyList<DeviceAccount> All => _all;

    internal DeviceAccount this[ReadOnlySpan<byte> device]
    {
        get
        {
            if (_byName.TryGet(device, out DeviceAccount known)) return known;
            if (_byName.Count == MaxDevices) return _all[0];
            var account = new DeviceAccount(Encoding.UTF8.GetString(device));
            _ = _byName.TryAdd(device, account);
            _all.Add(account);
            return account;
        }
    }

    /// <summary>The state is given up for another.</summary>
    internal void GiveUp()
    {
        foreach (DeviceAccount account in _all) account.GiveUp();
    }

    /// <summary>Takes over the sessions that are open in a state that was read.</summary>
    internal void Carry(SessionStore store)
    {
        for (int id = 1; id <= store.Slots.High; id++)
        {
            ref SessionSlot slot = ref store.Slots[id];
            if (slot.Phase == SessionPhase.Final) slot.Inherited = true;
            else if (slot.Phase != SessionPhase.Free) this[store.Texts[slot.Device]].Carry();
        }
    }
}
