namespace FlowStream.Tidy.Tests.Documents;

public sealed class CommandTableTests
{
    [Fact]
    public void The_readme_lists_every_command_and_no_other() =>
        Assert.Equal(CommandTable.Defined(Repository.Sources).Order(), CommandTable.Listed(Repository.Read("README.md")).Order());

    [Fact]
    public void Commands_are_found_in_the_code_of_the_command_only()
    {
        const string Code = "namespace FlowStream.X;\nclass A { object C() => new Command(\"planted\", \"does\"); }";
        Assert.Equal(["planted"], CommandTable.Defined([new SourceFile("cli/X/A.cs", Code), new SourceFile("tests/X/A.cs", Code)]));
    }

    [Fact]
    public void Rows_are_found_in_a_table() => Assert.Equal(
        ["up", "parse-show"],
        CommandTable.Listed("| `flowstream up [X]` | x |\n| `flowstream parse-show` | y |\n`flowstream no`\n"));
}
