using System.Globalization;

namespace FlowStream.Broker;

/// <summary>A host name or address and a TCP port.</summary>
/// <param name="Host">A DNS name or an IP address; an IPv6 address without brackets.</param>
/// <param name="Port">0 to 65535; 0 lets the system choose where one listens.</param>
public readonly record struct HostPort(string Host, int Port)
{
    /// <summary>Reads <c>host:port</c> or <c>[ipv6]:port</c>.</summary>
    /// <param name="text">The text, as in a command line.</param>
    /// <returns>The pair.</returns>
    /// <exception cref="FormatException">There is no host, no port, or the port is not 0 to 65535.</exception>
    public static HostPort Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.LastIndexOf(':');
        var host = colon <= 0 ? string.Empty : text[..colon];
        if (host.StartsWith('[') && host.EndsWith(']'))
            host = host[1..^1];
        else if (host.Contains(':', StringComparison.Ordinal))
            host = string.Empty;
        if (host.Length == 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            throw new FormatException($"'{text}' is not host:port (an IPv6 address stands in brackets: [::1]:9092)");
        return new HostPort(host, port);
    }

    /// <summary>The form that <see cref="Parse"/> reads.</summary>
    public override string ToString() =>
        Host.Contains(':', StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $"[{Host}]:{Port}")
            : string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}
