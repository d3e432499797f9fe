using System.Text;

namespace FlowStream.Producers;

/// <summary>Who sent a message and how: the headers that are the same for every message of one sender, encoded once.</summary>
public sealed class RawSource
{
    /// <summary>Makes the headers of one sender.</summary>
    /// <param name="sender"><c>ip:port</c> of the sender.</param>
    /// <param name="listener">The listener's address, as configured.</param>
    /// <param name="transport">How the messages arrive.</param>
    public RawSource(string sender, string listener, string transport)
    {
        Sender = Encoding.UTF8.GetBytes(sender);
        int port = sender.LastIndexOf(':');
        Key = Encoding.UTF8.GetBytes(port < 0 ? sender : sender[..port]);
        Listener = Encoding.UTF8.GetBytes(listener);
        Transport = Encoding.UTF8.GetBytes(transport);
    }

    /// <summary>Key of a message that holds no tuple: the sender without its port, which changes with every connection.</summary>
    public byte[] Key { get; }

    /// <summary>Value of the <c>flow.source</c> header.</summary>
    public byte[] Sender { get; }

    /// <summary>Value of the <c>flow.listener</c> header.</summary>
    public byte[] Listener { get; }

    /// <summary>Value of the <c>flow.transport</c> header.</summary>
    public byte[] Transport { get; }
}
