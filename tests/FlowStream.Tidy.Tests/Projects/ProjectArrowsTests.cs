namespace FlowStream.Tidy.Tests.Projects;

public sealed class ProjectArrowsTests
{
    private static readonly ProjectFile[] All =
        [.. Repository.FilesNamed("*.csproj").Select(path => ProjectFile.Parse(path, Repository.Read(path)))];

    [Fact]
    public void Every_reference_points_the_way_the_design_says() => AssertNone(ProjectArrows.Check(All));

    [Fact]
    public void The_product_references_no_test_project() => AssertNone(ProjectArrows.CheckTestsStayOutside(All));

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = Repository.Read("FlowStream.sln").Replace('\\', '/');
        Assert.DoesNotContain(All, project => !solution.Contains($"\"{project.Path}\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("topology/FlowStream.Parsing", "ProjectReference", "../FlowStream.Sessions/FlowStream.Sessions.csproj")]
    [InlineData("topology/FlowStream.Sessions", "ProjectReference", "..\\FlowStream.Bandwidth\\FlowStream.Bandwidth.csproj")]
    [InlineData("topology/FlowStream.Streams", "ProjectReference", "../FlowStream.Parsing/FlowStream.Parsing.csproj")]
    [InlineData("broker/FlowStream.Broker", "ProjectReference", "../../schemas/FlowStream.Schemas/FlowStream.Schemas.csproj")]
    [InlineData("producers/FlowStream.Producers", "ProjectReference", "../../topology/FlowStream.Sessions/FlowStream.Sessions.csproj")]
    [InlineData("topology/FlowStream.Topology", "ProjectReference", "../../cli/FlowStream.Cli/FlowStream.Cli.csproj")]
    [InlineData("topology/FlowStream.Parsing", "PackageReference", "Confluent.Kafka")]
    [InlineData("broker/FlowStream.Broker", "PackageReference", "Confluent.Kafka")]
    public void A_planted_wrong_arrow_is_found(string folder, string element, string target)
    {
        string name = folder.Split('/')[1];
        ProjectFile project = Planted($"{folder}/{name}.csproj", element, target);
        Assert.Equal(1, ProjectArrows.Check([project]).Count(finding => finding.Path == project.Path));
    }

    [Fact]
    public void A_right_arrow_is_left_alone() => Assert.Empty(ProjectArrows.Check(
    [
        Planted("topology/FlowStream.Sessions/FlowStream.Sessions.csproj", "ProjectReference", "../F/FlowStream.Parsing.csproj"),
        Planted("cli/FlowStream.Cli/FlowStream.Cli.csproj", "ProjectReference", "../../broker/FlowStream.Broker/FlowStream.Broker.csproj"),
        Planted("topology/FlowStream.Streams/FlowStream.Streams.csproj", "PackageReference", "Confluent.Kafka"),
    ]));

    [Fact]
    public void A_product_project_that_the_table_does_not_know_is_found() =>
        Assert.Single(ProjectArrows.Check([Planted("topology/FlowStream.New/FlowStream.New.csproj", "PackageReference", "X")]));

    [Fact]
    public void A_product_project_that_references_a_test_project_is_found()
    {
        ProjectFile testing = Planted("tests/FlowStream.Testing/FlowStream.Testing.csproj", "PackageReference", "FsCheck");
        ProjectFile cli = Planted("cli/FlowStream.Cli/FlowStream.Cli.csproj", "ProjectReference", "../../tests/FlowStream.Testing.csproj");
        Assert.Single(ProjectArrows.CheckTestsStayOutside([testing, cli]));
    }

    private static ProjectFile Planted(string path, string element, string target) =>
        ProjectFile.Parse(path, $"<Project><ItemGroup><{element} Include=\"{target}\" /></ItemGroup></Project>");

    private static void AssertNone(IEnumerable<Finding> findings) =>
        Assert.True(!findings.Any(), string.Join('\n', findings.Select(finding => finding.ToString())));
}
