using FlowStream.Parsing;

namespace FlowStream.Benchmarks.Sessions;

/// <summary>A session of the <see cref="DictionaryJoin"/>: what its record would need.</summary>
internal sealed class DictionarySession
{
    /// <summary>Unix milliseconds.</summary>
    public long Start { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long Last { get; set; }

    /// <summary>Running total.</summary>
    public long BytesFromClient { get; private set; }

    /// <summary>Running total.</summary>
    public long BytesFromServer { get; private set; }

    /// <summary>Running total.</summary>
    public long PacketsFromClient { get; private set; }

    /// <summary>Running total.</summary>
    public long PacketsFromServer { get; private set; }

    /// <summary>Text fields.</summary>
    public string? Application { get; private set; }

    /// <summary>Text field.</summary>
    public string? PolicyName { get; private set; }

    /// <summary>Text field.</summary>
    public string? SourceZone { get; private set; }

    /// <summary>Text field.</summary>
    public string? DestinationZone { get; private set; }

    /// <summary>Text field.</summary>
    public string? Username { get; private set; }

    /// <summary>Translated source.</summary>
    public string? NatSource { get; private set; }

    /// <summary>Extra keys.</summary>
    public Dictionary<string, string?> Extras { get; } = [];

    /// <summary>Takes over what a message says.</summary>
    public void Read(SessionEvent e)
    {
        BytesFromClient = Math.Max(BytesFromClient, e.Number(Field.BytesFromClient));
        BytesFromServer = Math.Max(BytesFromServer, e.Number(Field.BytesFromServer));
        PacketsFromClient = Math.Max(PacketsFromClient, e.Number(Field.PacketsFromClient));
        PacketsFromServer = Math.Max(PacketsFromServer, e.Number(Field.PacketsFromServer));
        Application = DictionaryJoin.Text(e.Text(Field.Application)) ?? Application;
        PolicyName = DictionaryJoin.Text(e.Text(Field.PolicyName)) ?? PolicyName;
        SourceZone = DictionaryJoin.Text(e.Text(Field.SourceZoneName)) ?? SourceZone;
        DestinationZone = DictionaryJoin.Text(e.Text(Field.DestinationZoneName)) ?? DestinationZone;
        Username = DictionaryJoin.Text(e.Text(Field.Username)) ?? Username;
        NatSource = DictionaryJoin.Text(e.Text(Field.NatSourceAddress)) ?? NatSource;
        for (int i = 0; i < e.ExtraCount; i++)
            Extras[DictionaryJoin.Text(e.ExtraKey(i)) ?? ""] = DictionaryJoin.Text(e.ExtraValue(i));
    }
}
