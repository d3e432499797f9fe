using System.CommandLine;
using FlowStream.Cli.DeviceListings;
using FlowStream.Cli.Hosting;
using FlowStream.Parsing.DeviceText;

namespace FlowStream.Cli.Commands;

/// <summary><c>flowstream parse-show</c>: a device's own listing of its sessions as JSON lines.</summary>
internal static class ParseShowCommand
{
    private const int ReadBytes = 1 << 16;

    public static Command Create()
    {
        Argument<string> file = CommonOptions.File("what a firewall printed on its terminal");
        var command = new Command(
            "parse-show",
            """
            Read the session listing of a firewall, as it prints it on its terminal, and print one JSON line for each session, with the
            field names of flow.sessions.v1. Save the terminal's text to a file, prompts and all; several listings may follow each other.

            Understood:
              Junos    show security flow session [any filter] [extensive]    on one node or a cluster
              PAN-OS   show session all [filter ...]
                       show session id N
                       show log traffic ... show-tracker equal yes

            A line's kind is one of
              session  a session. Junos' In and PAN-OS' c2s flow are its addresses, the reverse flow those after address translation
                       (nat_...). bytes_from_client and its like are totals since the session began. A session of type PREDICT has no
                       traffic yet; one with the ha_state Backup is the other node's.
              refused  a session that cannot be read, and why
              total    how many sessions the device says it listed, and how many of them were read
              unread   a line that belongs to no listing

            Example:  ssh admin@fw1 'show security flow session | no-more' | flowstream parse-show -
                      flowstream parse-show sessions.txt | grep '"kind":"session"'
            """)
        {
            file,
        };
        command.SetAction(parsed => Run(parsed.GetValue(file)!));
        return command;
    }

    private static int Run(string file)
    {
        using var shutdown = new ShutdownSignal();
        using Stream text = CommonOptions.Open(file);
        using var output = new ListingOutput(Console.OpenStandardOutput());
        var reader = new DeviceTextReader(output);
        var buffer = new byte[ReadBytes];
        int read;
        while (!shutdown.Token.IsCancellationRequested && (read = text.Read(buffer)) > 0) reader.Append(buffer.AsSpan(0, read));
        reader.Complete();
        Console.Error.WriteLine(output.Summary);
        return ExitCode.Success;
    }
}
