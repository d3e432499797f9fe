using Spectre.Console;

namespace FlowStream.Cli.Hosting;

/// <summary>Stdout for tables: drawn with colours on a terminal, plain text in a file or a pipe.</summary>
internal static class TextConsole
{
    // A pipe has no width of its own; so wide, no line that the tables hold is broken.
    private const int PipeColumns = 140;

    /// <summary>Makes it.</summary>
    /// <param name="pipeColumns">Its width where it is no terminal.</param>
    public static IAnsiConsole Create(int pipeColumns = PipeColumns)
    {
        bool plain = Console.IsOutputRedirected;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = plain ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (plain) console.Profile.Width = pipeColumns;
        return console;
    }
}
