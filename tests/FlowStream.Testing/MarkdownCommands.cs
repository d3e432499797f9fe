using System.Text;

namespace FlowStream.Testing;

/// <summary>Takes the shell blocks out of a Markdown document, so that a test can run what the document tells people to run.</summary>
public static class MarkdownCommands
{
    private const string Fence = "```";

    /// <summary>
    /// Every block that is fenced as <c>sh</c>, in the order of the document. Blocks with another or no language are left out.
    /// </summary>
    /// <param name="markdown">The document.</param>
    /// <returns>The blocks, each with the line of the document on which its first command stands.</returns>
    /// <exception cref="FormatException">A block is not closed.</exception>
    public static IReadOnlyList<ShellBlock> ShellBlocks(string markdown)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        var blocks = new List<ShellBlock>();
        string? language = null;
        var script = new StringBuilder();
        int firstLine = 0;
        int number = 0;
        foreach (string line in markdown.Split('\n'))
        {
            number++;
            bool isFence = line.TrimStart().StartsWith(Fence, StringComparison.Ordinal);
            if (language is null && isFence)
            {
                language = line.Trim()[Fence.Length..].Trim();
                firstLine = number + 1;
                script.Clear();
            }
            else if (language is not null && isFence)
            {
                if (language == "sh")
                    blocks.Add(new ShellBlock(firstLine, script.ToString()));
                language = null;
            }
            else if (language is not null)
            {
                script.Append(line).Append('\n');
            }
        }

        return language is null ? blocks : throw new FormatException($"the block before line {firstLine} is not closed");
    }
}
