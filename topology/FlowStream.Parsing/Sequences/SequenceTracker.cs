using System.Text;

namespace FlowStream.Parsing.Sequences;

/// <summary>
/// Finds gaps and duplicates in the sequence numbers that PAN-OS gives its logs: a device counts up by one for each log of a type, so a
/// number that never comes is a line that was lost on the way, or that the device was not told to send.
/// <list type="bullet">
/// <item>Order does not matter within <see cref="WindowNumbers"/> numbers: until then a number is known to be new or a duplicate.</item>
/// <item>A number further than <see cref="Reach"/> from all that were seen begins a run of its own, so neither a reset device nor a
/// damaged or forged number is a gap of 2^63.</item>
/// <item>Memory is bounded: <see cref="MaxDevices"/> devices, <see cref="MaxRuns"/> runs of 4 KiB each. Of too many runs the one with the
/// fewest numbers is given up and its numbers are strays; devices beyond the limit are counted and not followed.</item>
/// </list>
/// Not safe for use by several threads; trackers of several partitions add up, see <see cref="DeviceSequence"/>.
/// </summary>
public sealed class SequenceTracker
{
    /// <summary>
    /// How far behind the highest number one may come and still be told from a duplicate: seconds of a busy device, which logs some
    /// thousand sessions a second, and a power of two.
    /// </summary>
    public const int WindowNumbers = 32_768;

    /// <summary>Numbers further apart are no gap but another count: over an hour of lost logs of a busy device.</summary>
    public const ulong Reach = 1 << 24;

    /// <summary>Runs remembered of a device: a reset or two, and room for a few damaged numbers.</summary>
    public const int MaxRuns = 4;

    /// <summary>Devices followed: more than a management station has, and 16 MiB at most.</summary>
    public const int MaxDevices = 1024;

    private readonly Dictionary<string, Device> _devices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Device>.AlternateLookup<ReadOnlySpan<char>> _byText;

    /// <summary>Makes a tracker that has seen nothing.</summary>
    public SequenceTracker() => _byText = _devices.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Events of devices beyond <see cref="MaxDevices"/>.</summary>
    public long Untracked { get; private set; }

    /// <summary>What was seen so far, by device.</summary>
    public IReadOnlyList<DeviceSequence> Devices =>
        [.. _devices.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => d.Value.Report(d.Key))];

    /// <summary>Counts the sequence number of <paramref name="sessionEvent"/>; one without number or device is passed over.</summary>
    public void Observe(SessionEvent sessionEvent)
    {
        if (!sessionEvent.Has(Field.SequenceNumber)) return;
        ReadOnlySpan<byte> device = sessionEvent.Has(Field.DeviceSerial) ? sessionEvent.Text(Field.DeviceSerial) : sessionEvent.DeviceHost;
        if (!device.IsEmpty) Observe(device, (ulong)sessionEvent.Number(Field.SequenceNumber));
    }

    /// <summary>Counts a number of a device.</summary>
    /// <param name="device">The device; of a longer name than 255 bytes the first 255 count.</param>
    /// <param name="number">The number.</param>
    public void Observe(ReadOnlySpan<byte> device, ulong number)
    {
        Span<char> name = stackalloc char[byte.MaxValue];
        int length = Encoding.Latin1.GetChars(device[..Math.Min(device.Length, name.Length)], name);
        if (!_byText.TryGetValue(name[..length], out Device? known))
        {
            if (_devices.Count == MaxDevices)
            {
                Untracked++;
                return;
            }
            _byText[name[..length]] = known = new Device();
        }
        known.Count(number);
    }

    private sealed class Device
    {
        private readonly List<OpenRun> _runs = new(MaxRuns);
        private long _strays;

        public void Count(ulong number)
        {
            OpenRun? run = Find(number);
            if (run is null)
            {
                if (_runs.Count == MaxRuns) GiveUpSmallest();
                run = new OpenRun(number);
                _runs.Add(run);
            }
            run.Count(number);
        }

        public DeviceSequence Report(string name) =>
            new DeviceSequence(name, [], _strays).Add(new DeviceSequence(name, [.. _runs.Select(run => run.Current)], 0));

        private OpenRun? Find(ulong number)
        {
            foreach (OpenRun run in _runs)
            {
                if (run.Reaches(number)) return run;
            }
            return null;
        }

        private void GiveUpSmallest()
        {
            OpenRun smallest = _runs.MinBy(run => run.Distinct)!;
            _strays += smallest.Current.Distinct + smallest.Current.Duplicates + smallest.Current.TooLate;
            _runs.Remove(smallest);
        }
    }
}
