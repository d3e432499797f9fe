using System.CommandLine;
using System.Text.Json;
using FlowStream.Cli.Hosting;
using FlowStream.Cli.Settings;
using FlowStream.Cli.OpenSessions;
using FlowStream.Queries;
using FlowStream.Queries.Instances;
using FlowStream.Schemas;

namespace FlowStream.Cli.Commands;

/// <summary><c>flowstream sessions</c>: the open sessions of the running instances.</summary>
internal static class SessionsCommand
{
    public static Command Create()
    {
        Option<string?> bootstrap = CommonOptions.Bootstrap();
        Option<string?>[] filters = [.. FilterParameters.All.Select(Filter)];
        var limit = new Option<long>("--limit")
        {
            Description = $"Most sessions to show. Default: {SessionRequest.DefaultLimit}.",
            HelpName = "N",
            DefaultValueFactory = _ => SessionRequest.DefaultLimit,
        };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<long>() is < 1 or >= SessionRequest.MaxLimit)
                result.AddError($"--limit is 1 or more, and below {SessionRequest.MaxLimit}.");
        });
        var remembered = new Option<bool>("--remembered")
        {
            Description = "Also sessions that have ended and are remembered to be corrected, state final.",
        };
        var summary = new Option<bool>("--summary") { Description = "How many there are, by state and protocol, and since when." };
        Option<string> format = CommonOptions.Format("a table for people", "a JSON line for each session");
        var command = new Command(
            "sessions",
            """
            Show the open sessions of all running instances (flowstream up, flowstream topology --http), filtered as
            'show security flow session' filters on the device. All filters have to match. The instances are found through Kafka: no
            address but Kafka's is needed.

            A session is open from its first message to its close, or until it is silent for too long; closing, when its close has come
            and the messages still on their way are waited for. Counters are those of the last update that the device logged.

            Example:  flowstream sessions --source-prefix 10/8 --protocol tcp --destination-port 443
                      flowstream sessions --summary --device fw1
                      flowstream sessions --format json --limit 1000000 | jq -c 'select(.bytes_from_client > 1e9)'

            Exit status 1, and a line on stderr, when an instance does not answer or a partition is held by none: then this is not all.
            """)
        {
            bootstrap,
            limit,
            remembered,
            summary,
            format,
        };
        foreach (Option<string?> filter in filters) command.Add(filter);
        command.SetAction((parsed, _) =>
        {
            var parameters = new List<KeyValuePair<string, string>>();
            foreach (Option<string?> filter in filters)
                if (parsed.GetValue(filter) is { } value) parameters.Add(new(filter.Name.TrimStart('-'), value));
            if (parsed.GetValue(remembered)) parameters.Add(new(SessionRequest.RememberedName, "true"));
            bool isJson = parsed.GetValue(format) == CommonOptions.Json;
            bool isSummary = parsed.GetValue(summary);
            return RunningInstances.AskAsync(SettingsReader.Read(), parsed.GetValue(bootstrap), (table, stopping) => isSummary
                ? SummariseAsync(table, parameters, isJson, stopping)
                : ListAsync(table, parameters, parsed.GetValue(limit), isJson, stopping));
        });
        return command;
    }

    private static Option<string?> Filter(FilterParameter parameter)
    {
        var option = new Option<string?>($"--{parameter.Name}") { Description = parameter.Meaning, HelpName = parameter.Form };
        option.Validators.Add(result =>
        {
            string[] values = [.. result.Tokens.Select(token => token.Value)];
            if (!SessionRequest.TryParse(values.Select(value => KeyValuePair.Create(parameter.Name, value)), out _, out string error))
                result.AddError($"{error}.");
        });
        return option;
    }

    private static async Task ListAsync(
        MergedTable table, List<KeyValuePair<string, string>> parameters, long limit, bool isJson, CancellationToken stopping)
    {
        bool more;
        if (isJson)
        {
            using var lines = new LineOutput();
            more = await table.ListAsync(parameters, limit, session => lines.Write(session.WriteTo), stopping).ConfigureAwait(false);
        }
        else
        {
            var output = new SessionsTable(TextConsole.Create(SessionsTable.PipeColumns));
            more = await table.ListAsync(parameters, limit, output.Add, stopping).ConfigureAwait(false);
            output.Print();
        }
        if (more) await Console.Error.WriteLineAsync($"there are more than {limit}: --limit N shows N").ConfigureAwait(false);
    }

    private static async Task SummariseAsync(
        MergedTable table, List<KeyValuePair<string, string>> parameters, bool isJson, CancellationToken stopping)
    {
        TableSummary summary = await table.SummariseAsync(parameters, stopping).ConfigureAwait(false);
        if (!isJson)
        {
            SessionsTable.Print(summary, TextConsole.Create());
            return;
        }
        using var lines = new LineOutput();
        lines.Write(json => Write(json, summary));
    }

    private static void Write(Utf8JsonWriter json, TableSummary summary)
    {
        json.WriteStartObject();
        json.WriteString("kind", "summary");
        json.WriteNumber("sessions", summary.Sessions);
        Write(json, "states", summary.States);
        Write(json, "protocols", summary.Protocols);
        if (summary.OldestStart is { } oldest) RecordJson.WriteTimestamp(json, "oldest_start"u8, oldest.ToUnixTimeMilliseconds());
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, SortedDictionary<string, long> counts)
    {
        json.WriteStartObject(name);
        foreach ((string one, long count) in counts) json.WriteNumber(one, count);
        json.WriteEndObject();
    }
}
