using System.Net;

namespace FlowStream.Producers;

/// <summary>Where a listener listens: <c>udp://HOST:PORT</c> or <c>tcp://HOST:PORT</c>; an IPv6 host stands in brackets.</summary>
/// <param name="Transport">How messages arrive.</param>
/// <param name="Endpoint">Address and port; port 0 lets the system choose.</param>
public sealed record ListenerAddress(ListenerTransport Transport, IPEndPoint Endpoint)
{
    /// <summary>Reads the text form.</summary>
    /// <returns>False when <paramref name="text"/> is not of that form, or the host is a name instead of an address.</returns>
    public static bool TryParse(string text, out ListenerAddress? address)
    {
        address = null;
        int scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0) return false;
        ListenerTransport? transport = text[..scheme] switch
        {
            "udp" => ListenerTransport.Udp,
            "tcp" => ListenerTransport.Tcp,
            _ => null,
        };
        if (transport is not { } known || !TryParseEndpoint(text[(scheme + 3)..], out IPEndPoint? endpoint)) return false;
        address = new ListenerAddress(known, endpoint!);
        return true;
    }

    /// <summary>Reads <c>ADDRESS:PORT</c>; <c>localhost</c> is 127.0.0.1 and an IPv6 address stands in brackets.</summary>
    /// <returns>False when <paramref name="text"/> is not of that form.</returns>
    public static bool TryParseEndpoint(string text, out IPEndPoint? endpoint)
    {
        endpoint = null;
        string numeric = text.StartsWith("localhost:", StringComparison.Ordinal) ? "127.0.0.1" + text["localhost".Length..] : text;
        bool hasPort = numeric.StartsWith('[') ? numeric.Contains("]:", StringComparison.Ordinal) : numeric.Count(c => c == ':') == 1;
        return hasPort && IPEndPoint.TryParse(numeric, out endpoint);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Transport.Scheme()}://{Endpoint}";
}
