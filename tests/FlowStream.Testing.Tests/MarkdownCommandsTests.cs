namespace FlowStream.Testing.Tests;

public sealed class MarkdownCommandsTests
{
    [Fact]
    public void Shell_blocks_come_out_with_their_lines() => Assert.Equal(
        [new ShellBlock(3, "make run\n"), new ShellBlock(11, "nc -u host 514\nmake test\n")],
        MarkdownCommands.ShellBlocks(
            "# Title\n```sh\nmake run\n```\ntext `make no`\n```json\n{}\n```\n\n```sh\nnc -u host 514\nmake test\n```\n"));

    [Fact]
    public void Other_languages_and_none_are_left_out() =>
        Assert.Empty(MarkdownCommands.ShellBlocks("```\nrm -r x\n```\n```mermaid\nsh\n```\n```shell-session\n$ x\n```\n"));

    [Fact]
    public void A_block_that_is_not_closed_is_refused() =>
        Assert.Throws<FormatException>(() => MarkdownCommands.ShellBlocks("```sh\nmake run\n"));
}
