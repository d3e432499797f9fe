using System.CommandLine;
using FlowStream.Cli;
using FlowStream.Cli.Commands;

return await CommandRunner.RunAsync(
    new RootCommand(RootText.Description)
    {
        UpCommand.Create(),
        ProduceCommand.Create(),
        TopologyCommand.Create(),
        BrokerCommand.Create(),
        ReplayCommand.Create(),
        SimulateCommand.Create(),
        AnalyzeCommand.Create(),
        ParseCommand.Create(),
        ParseShowCommand.Create(),
        SessionsCommand.Create(),
        ReconcileCommand.Create(),
        TailCommand.Create(),
    },
    args).ConfigureAwait(false);
