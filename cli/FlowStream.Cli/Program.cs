using System.CommandLine;
using FlowStream.Cli;
using FlowStream.Cli.Commands;

return await CommandRunner.RunAsync(
    new RootCommand(RootText.Description)
    {
        ProduceCommand.Create(),
        BrokerCommand.Create(),
        ReplayCommand.Create(),
        TailCommand.Create(),
    },
    args).ConfigureAwait(false);
