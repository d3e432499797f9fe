using System.Text;

namespace FlowStream.Parsing.Panos;

/// <summary>The keys of one format, found by a perfect hash.</summary>
internal sealed class ExtensionKeys
{
    private readonly NameTable _names;
    private readonly ExtensionKey[] _keys;

    private ExtensionKeys((string Name, ExtensionKey Key)[] keys)
    {
        _names = new NameTable([.. keys.Select(k => Encoding.ASCII.GetBytes(k.Name))]);
        _keys = [.. keys.Select(k => k.Key)];
    }

    /// <summary>CEF as the template of a firewall's syslog profile has it: <c>in</c> is what the client sent.</summary>
    public static ExtensionKeys Cef { get; } = new([.. CefKeys("in", "out")]);

    /// <summary>CEF of Strata Logging Service: <c>in</c> is what the client received.</summary>
    public static ExtensionKeys StrataCef { get; } = new([.. CefKeys("out", "in")]);

    /// <summary>LEEF, in both dialects: they share no key of different meaning.</summary>
    public static ExtensionKeys Leef { get; } = new(
        [
            .. ExtensionTable.Lines.SelectMany(l => Columns(l.Column, l.Leef)),
            .. new[] { "cat", "Type" }.Select(name => (name, new ExtensionKey(ExtensionUse.LogType, default, 0))),
        ]);

    /// <summary>The index of <paramref name="key"/> for <see cref="this"/>, or -1.</summary>
    public int Find(ReadOnlySpan<byte> key) => _names.Find(key);

    /// <summary>What becomes of the value of the key with this index.</summary>
    public ref readonly ExtensionKey this[int index] => ref _keys[index];

    private static IEnumerable<(string Name, ExtensionKey Key)> CefKeys(string sent, string received) =>
    [
        .. ExtensionTable.Lines.SelectMany(l => Columns(l.Column, l.Cef)),
        .. Columns("bytes_sent", sent),
        .. Columns("bytes_received", received),
        .. CustomFields.Names.Select((name, slot) => (name, new ExtensionKey(ExtensionUse.CustomValue, default, (byte)slot))),
        .. CustomFields.Names.Select((name, slot) => (name + "Label", new ExtensionKey(ExtensionUse.CustomLabel, default, (byte)slot))),
        ("dtz", new ExtensionKey(ExtensionUse.TimeZone, default, 0)),
    ];

    // Of several keys that name one field the first of the line wins.
    private static IEnumerable<(string Name, ExtensionKey Key)> Columns(string column, string names)
    {
        PanosColumn named = PanosColumns.Named(column);
        return names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((name, rank) => (name, new ExtensionKey(
            ExtensionUse.Column,
            named.WithRank((byte)rank),
            0)));
    }
}
