namespace FlowStream.Tidy.Tests.Projects;

/// <summary>
/// Which product project may reference which: schemas &lt;- parsing &lt;- sessions &lt;- bandwidth &lt;- topology -&gt; streams;
/// queries -&gt; topology; producers -&gt; schemas and parsing (for the flow key); the broker stands alone; only the command, tests and
/// benchmarks see all.
/// </summary>
public static class ProjectArrows
{
    private const string Kafka = "Confluent.Kafka";
    private const string Logging = "Microsoft.Extensions.Logging.Abstractions";

    // Project, the projects it may reference, the packages it may reference. Pure projects have no packages at all.
    private static readonly Dictionary<string, (string[] Projects, string[] Packages)> Allowed = new()
    {
        // Runs during the build of the contract, which takes its output and not its assembly.
        ["FlowStream.Schemas.Generator"] = ([], []),
        ["FlowStream.Schemas"] = (["FlowStream.Schemas.Generator"], []),
        ["FlowStream.Parsing"] = (["FlowStream.Schemas"], []),
        ["FlowStream.Sessions"] = (["FlowStream.Schemas", "FlowStream.Parsing"], []),
        ["FlowStream.Bandwidth"] = (["FlowStream.Schemas", "FlowStream.Parsing", "FlowStream.Sessions"], []),
        ["FlowStream.Streams"] = ([], [Kafka, Logging]),
        ["FlowStream.Topology"] = (
            ["FlowStream.Schemas", "FlowStream.Parsing", "FlowStream.Sessions", "FlowStream.Bandwidth", "FlowStream.Streams"], [Logging]),
        ["FlowStream.Queries"] = (
            [
                "FlowStream.Schemas", "FlowStream.Parsing", "FlowStream.Sessions", "FlowStream.Bandwidth", "FlowStream.Streams",
                "FlowStream.Topology",
            ],
            [Kafka, Logging]),
        ["FlowStream.Producers"] = (["FlowStream.Schemas", "FlowStream.Parsing"], [Kafka, Logging]),
        ["FlowStream.Broker"] = ([], [Logging]),
    };

    // These wire everything together or test it; nothing of the product references them.
    private static readonly string[] Outermost = ["cli/", "bench/", "tests/"];

    /// <summary>The references that the table above does not allow, and the product projects that it does not list.</summary>
    public static IEnumerable<Finding> Check(IReadOnlyList<ProjectFile> projects) =>
        projects.Where(project => !Outermost.Any(folder => IsBelow(folder, project))).SelectMany(Check);

    /// <summary>The test-only projects that something beside a test or a benchmark references.</summary>
    public static IEnumerable<Finding> CheckTestsStayOutside(IReadOnlyList<ProjectFile> projects)
    {
        string[] testing = [.. projects.Where(project => IsBelow("tests/", project)).Select(project => project.Name)];
        return from project in projects
               where !IsBelow("tests/", project) && !IsBelow("bench/", project)
               from target in project.Projects.Intersect(testing)
               select new Finding(project.Path, 1, $"{project.Name} -> {target}: the product does not reference tests");
    }

    private static IEnumerable<Finding> Check(ProjectFile project)
    {
        if (!Allowed.TryGetValue(project.Name, out (string[] Projects, string[] Packages) allowed))
            return [new Finding(project.Path, 1, $"{project.Name} is not in the table of references: say there what it may reference")];
        return project.Projects.Except(allowed.Projects)
            .Concat(project.Packages.Except(allowed.Packages))
            .Select(target => new Finding(project.Path, 1, $"{project.Name} -> {target}: not an allowed reference"));
    }

    private static bool IsBelow(string folder, ProjectFile project) => project.Path.StartsWith(folder, StringComparison.Ordinal);
}
