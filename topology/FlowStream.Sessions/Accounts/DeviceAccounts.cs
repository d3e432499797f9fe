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

    // As many accounts found last, by the last byte of the name, in which devices of one site mostly differ. A power of two.
    private const int Recent = 16;

    private readonly DeviceAccount?[] _recent = new DeviceAccount?[Recent];
    private readonly List<DeviceAccount> _all = [new(OtherName, [])];
    private readonly DeviceTable<DeviceAccount> _byName;

    internal DeviceAccounts(ulong hashSeed) => _byName = new DeviceTable<DeviceAccount>(MaxDevices, hashSeed);

    /// <summary>The accounts, that of the rest first.</summary>
    public IReadOnlyList<DeviceAccount> All => _all;

    internal DeviceAccount this[ReadOnlySpan<byte> device]
    {
        get
        {
            int last = device.IsEmpty ? 0 : device[^1] & (Recent - 1);
            DeviceAccount? recent = _recent[last];
            if (recent is not null && device.SequenceEqual(recent.Name)) return recent;
            if (!_byName.TryGet(device, out DeviceAccount account))
            {
                if (_byName.Count == MaxDevices) return _all[0];
                account = new DeviceAccount(Encoding.UTF8.GetString(device), device.ToArray());
                _ = _byName.TryAdd(device, account);
                _all.Add(account);
            }
            _recent[last] = account;
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
