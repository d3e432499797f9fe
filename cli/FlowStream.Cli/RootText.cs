namespace FlowStream.Cli;

/// <summary>What <c>flowstream --help</c> says above the list of commands.</summary>
internal static class RootText
{
    public const string Description =
        """
        FlowStream: firewall session logs in, completed sessions and bandwidth windows out.

        Firewalls report each session in pieces by syslog. FlowStream keeps the pieces in Kafka, joins them into one record for each
        session that has ended, and adds their bytes up by minute, exactly once.

        Start here:
          flowstream up --demo                         everything in one process, fed by simulated firewalls
          flowstream up                                the same, waiting for your firewall's syslog on 127.0.0.1:5514 (UDP and TCP)
          flowstream analyze FILE                      what is in a file of syslog lines, without Kafka
          flowstream parse FILE --stats                which lines are understood, and why others are not
          flowstream parse-show FILE                   what a firewall's own session listing says, as JSON lines
          flowstream sessions --summary                what is open now; flowstream reconcile compares it with a firewall's listing

        Read in this version: Juniper SRX syslog, structured and standard, RT_FLOW, APPTRACK and APPQOE; Palo Alto PAN-OS TRAFFIC as
        CSV, CEF and LEEF. Joined to sessions: every message of Juniper that names one, start and end logs of PAN-OS; denials of both.
        Not in this version: the query console.

        Settings: flags win over environment variables (FLOWSTREAM__SECTION__KEY), these over appsettings.json in the working
        directory. Kafka:Client:<name> passes any librdkafka property through, for instance FLOWSTREAM__KAFKA__CLIENT__security.protocol.

        Exit status: 0 success, 1 a failure that is named on stderr, 2 a wrong command line.
        """;
}
