using System.CommandLine;
using System.CommandLine.Parsing;

namespace FlowStream.Cli;

/// <summary>Runs the command line and turns failures into one line on stderr and an exit code.</summary>
internal static class CommandRunner
{
    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            CommandResult command = parsed.CommandResult;
            string name = command.Command == root ? "flowstream" : $"flowstream {command.Command.Name}";
            await Console.Error.WriteLineAsync($"{name}: {OneLine(parsed.Errors[0].Message)} Try '{name} --help'.").ConfigureAwait(false);
            return ExitCode.Usage;
        }
        try
        {
            var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(invocation).ConfigureAwait(false);
        }
        catch (CommandFailedException failure)
        {
            return await FailAsync(failure.Message).ConfigureAwait(false);
        }
        catch (IOException failure)
        {
            return await FailAsync(failure.Message).ConfigureAwait(false);
        }
        catch (UnauthorizedAccessException failure)
        {
            return await FailAsync(failure.Message).ConfigureAwait(false);
        }
    }

    private static async Task<int> FailAsync(string message)
    {
        await Console.Error.WriteLineAsync($"flowstream: {OneLine(message)}").ConfigureAwait(false);
        return ExitCode.Failure;
    }

    private static string OneLine(string message) => string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
