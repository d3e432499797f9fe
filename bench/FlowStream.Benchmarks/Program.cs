using BenchmarkDotNet.Running;
using FlowStream.Benchmarks;
using FlowStream.Benchmarks.Results;

if (args.Contains("--filter"))
{
    BenchmarkSwitcher.FromAssembly(typeof(QuickRun).Assembly).Run(args);
    return 0;
}
if (QuickRunOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine($"bench: {QuickRunOptions.Usage}");
    return 2;
}
var files = ResultFiles.Find();
BenchmarkReport report = await new QuickRun(options, files.Folder).RunAsync(files.Revision());
if (options.Save)
{
    string path = files.Save(report, whole: options.Scope == BenchmarkScope.All);
    Console.WriteLine($"written to {path}{(options.Scope != BenchmarkScope.All ? "" : " and bench/README.md")}");
}
return 0;
