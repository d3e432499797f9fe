using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using FlowStream.Producers;

namespace FlowStream.Cli.Commands;

/// <summary>Options and arguments that several commands share, so that they read the same everywhere.</summary>
internal static class CommonOptions
{
    /// <summary>A file, or <c>-</c> for standard input.</summary>
    public static Argument<string> File(string what = "syslog lines") =>
        new("FILE") { Description = $"A file of {what}, or - for standard input." };

    /// <summary>The Kafka cluster; its default comes from the settings.</summary>
    public static Option<string?> Bootstrap() => new("--bootstrap")
    {
        Description = "Kafka to connect to, HOST:PORT[,HOST:PORT...]. Default: Kafka:Bootstrap of the settings, else 127.0.0.1:9092.",
        HelpName = "HOST:PORT",
    };

    /// <summary>The value of <see cref="Format"/> for JSON lines.</summary>
    public const string Json = "json";

    /// <summary>What output looks like: for people, or for programs.</summary>
    public static Option<string> Format(string table, string json)
    {
        const string Table = "table";
        var format = new Option<string>("--format")
        {
            Description = $"{Table}: {table}. {Json}: {json}. Default: {Table}.",
            DefaultValueFactory = _ => Table,
        };
        format.AcceptOnlyFromAmong(Table, Json);
        return format;
    }

    /// <summary>Where to listen for syslog; may be given more than once.</summary>
    public static Option<ListenerAddress[]> Listen() => new("--listen")
    {
        Description = "Where to listen: udp://ADDRESS:PORT or tcp://ADDRESS:PORT. May be given more than once.",
        HelpName = "URL",
        Required = true,
        CustomParser = result =>
        {
            var addresses = new List<ListenerAddress>();
            foreach (Token token in result.Tokens)
            {
                if (ListenerAddress.TryParse(token.Value, out ListenerAddress? address)) addresses.Add(address!);
                else result.AddError($"'{token.Value}' is no listener: udp://ADDRESS:PORT or tcp://ADDRESS:PORT is.");
            }
            return [.. addresses];
        },
    };

    /// <summary>An address and port.</summary>
    public static Option<IPEndPoint> Endpoint(string name, string description, string standard) => new(name)
    {
        Description = $"{description} Default: {standard}.",
        HelpName = "ADDRESS:PORT",
        DefaultValueFactory = _ => IPEndPoint.Parse(standard),
        CustomParser = result => ParseEndpoint(result, name),
    };

    /// <summary>Reads the value of an option that is an address and port.</summary>
    public static IPEndPoint? ParseEndpoint(ArgumentResult result, string name)
    {
        string text = result.Tokens[0].Value;
        if (ListenerAddress.TryParseEndpoint(text, out IPEndPoint? endpoint)) return endpoint;
        result.AddError($"'{text}' is no ADDRESS:PORT for {name}.");
        return null;
    }

    /// <summary>What commands that date lines say about lines without a year.</summary>
    public const string YearRule =
        "A line without a year has the year nearest to the line before it; the first has the last year before the file was written.";

    /// <summary>When a file argument was last written; now for standard input, and for a file that does not say.</summary>
    public static DateTimeOffset LastWritten(string path, TimeProvider clock)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (path == "-") return now;
        // The time of a file that is not there, or not to be seen, is long ago; opening it says what is wrong.
        DateTimeOffset written = System.IO.File.GetLastWriteTimeUtc(path);
        return written.Year < 1970 ? now : written;
    }

    /// <summary>Opens a file argument for reading.</summary>
    /// <exception cref="CommandFailedException">The file cannot be opened.</exception>
    public static Stream Open(string path)
    {
        if (path == "-") return Console.OpenStandardInput();
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1, FileOptions.SequentialScan);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"cannot read {path}: {failure.Message}", failure);
        }
    }
}
