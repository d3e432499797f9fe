using System.CommandLine;
using FlowStream.Cli.Hosting;
using FlowStream.Cli.OpenSessions;
using FlowStream.Cli.Settings;
using FlowStream.Parsing.DeviceText;
using FlowStream.Queries;
using FlowStream.Queries.Instances;
using FlowStream.Queries.Reconciliation;
using Spectre.Console;

namespace FlowStream.Cli.Commands;

/// <summary><c>flowstream reconcile</c>: a device's listing against the open sessions.</summary>
internal static class ReconcileCommand
{
    private const int ReadBytes = 1 << 16;

    public static Command Create()
    {
        var standard = new Tolerance();
        var show = new Option<string>("--show")
        {
            Description = "What the device printed, in a file, or - for standard input: as for 'flowstream parse-show'.",
            HelpName = "FILE",
            Required = true,
        };
        var device = new Option<string?>("--device")
        {
            Description = "The device's name in its log messages. Default: the name in the prompt before the listing.",
            HelpName = "NAME",
        };
        Option<string?> bootstrap = CommonOptions.Bootstrap();
        var taken = new Option<DateTimeOffset?>("--taken")
        {
            Description = "When the listing was taken, as 2026-05-01T08:28:10Z. Default: when the file was last written; now for -.",
            HelpName = "TIME",
        };
        Option<long> percent = Count(
            "--tolerance", "PERCENT", "How far counters may be apart: percent of the larger.", standard.Percent, 100);
        Option<long> bytes = Count(
            "--tolerance-bytes", "N", "Bytes that counters may be apart, however small they are.", standard.Bytes, long.MaxValue);
        Option<long> packets = Count(
            "--tolerance-packets", "N", "Packets that counters may be apart, however small they are.", standard.Packets, long.MaxValue);
        Option<string> format = CommonOptions.Format("a table for people", "a JSON line for each difference, and one with the counts");
        var command = new Command("reconcile", Description) { show, device, bootstrap, taken, percent, bytes, packets, format };
        command.SetAction(parsed =>
        {
            string file = parsed.GetValue(show)!;
            var tolerance = new Tolerance
            {
                Percent = (int)parsed.GetValue(percent), Bytes = parsed.GetValue(bytes), Packets = parsed.GetValue(packets),
            };
            DateTimeOffset when = parsed.GetValue(taken) ?? CommonOptions.LastWritten(file, TimeProvider.System);
            return RunAsync(
                file, parsed.GetValue(device), parsed.GetValue(bootstrap), new Reconciler(tolerance, when),
                parsed.GetValue(format) == CommonOptions.Json);
        });
        return command;
    }

    private static string Description =>
        $"""
        Compare the session listing of a firewall with the open sessions of the running instances. Sessions are the same when device,
        session id, addresses, ports and protocol are.

        A difference is one of
          only-there      the device lists it, and no instance knows it: its messages were lost, or its policy does not log
          only-here       open here, and the device does not list it: its close was lost
          ended-here      the device lists it, and here it had ended before the listing was taken
          counters-apart  both have it, and a counter differs by more than the tolerance

        Counters here are those of the last update that the device logged, so they are behind by what flowed since; before the first
        update they are not compared. They may differ by --tolerance percent of the larger, or by --tolerance-bytes and
        --tolerance-packets if that is more. Busy sessions with updates every 5 minutes need more tolerance than the default.

        What began here after the listing was taken, and what ended here after it, is no difference; clocks may disagree by
        {Reconciler.SlackSeconds} s. Not compared are the other node's sessions of a cluster (ha_state Backup), awaited ones (type
        PREDICT), dropped ones (state DISCARD), and log entries.

        Example:  ssh admin@fw1 'show security flow session | no-more' > fw1.txt; flowstream reconcile --show fw1.txt --device fw1

        Exit status 0 when they agree, 1 with a line on stderr when not, or when an instance does not answer.
        """;

    private static Option<long> Count(string name, string form, string meaning, long standard, long most)
    {
        var option = new Option<long>(name)
        {
            Description = $"{meaning} Default: {standard}.",
            HelpName = form,
            DefaultValueFactory = _ => standard,
        };
        option.Validators.Add(result =>
        {
            long value = result.GetValueOrDefault<long>();
            if (value < 0 || value > most) result.AddError($"{name} is 0 to {most}.");
        });
        return option;
    }

    private static Task<int> RunAsync(string file, string? device, string? bootstrap, Reconciler reconciler, bool isJson)
    {
        FlowStreamSettings settings = SettingsReader.Read();
        var listing = new ListingReading(reconciler, device, settings.Devices.Aliases);
        Read(file, listing);
        if (listing.Nameless > 0)
            throw new CommandFailedException($"{file} does not say which device it is of: no prompt stands before it. Give --device.");
        if (!listing.IsListing)
            throw new CommandFailedException($"{file} holds no session listing; 'flowstream parse-show --help' names what is understood.");
        return RunningInstances.AskAsync(
            settings, bootstrap, (table, stopping) => CompareAsync(table, reconciler, listing, isJson, stopping));
    }

    private static void Read(string file, ListingReading listing)
    {
        using Stream text = CommonOptions.Open(file);
        var reader = new DeviceTextReader(listing);
        var buffer = new byte[ReadBytes];
        int read;
        while ((read = text.Read(buffer)) > 0) reader.Append(buffer.AsSpan(0, read));
        reader.Complete();
    }

    private static async Task CompareAsync(
        MergedTable table, Reconciler reconciler, ListingReading listing, bool isJson, CancellationToken stopping)
    {
        var parameters = new List<KeyValuePair<string, string>> { new(SessionRequest.RememberedName, "true") };
        if (reconciler.Devices.Count == 1) parameters.Add(new("device", reconciler.Devices.Single()));
        await table.ListAsync(
            parameters, SessionRequest.MaxLimit - 1,
            session => reconciler.Add(HeldSession.Of(session)),
            stopping).ConfigureAwait(false);

        var comparison = new Comparison(reconciler, listing);
        if (isJson) Write(comparison);
        else Print(comparison);
        if (table.Gaps.Count == 0 && comparison.Failure is { } failure) throw new CommandFailedException(failure);
    }

    private static void Write(Comparison comparison)
    {
        using var lines = new LineOutput();
        foreach (Difference difference in comparison.Differences) lines.Write(json => DifferenceJson.Write(json, difference));
        lines.Write(comparison.Write);
    }

    private static void Print(Comparison comparison)
    {
        IAnsiConsole console = TextConsole.Create(SessionsTable.PipeColumns);
        DifferencesTable.Print(comparison.Differences, console);
        console.WriteLine(comparison.Summary);
    }
}
