using FlowStream.Broker.Groups;
using FlowStream.Broker.Topics;
using FlowStream.Broker.Transactions;
using FlowStream.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowStream.Broker.Tests.Transactions;

/// <summary>
/// Both coordinators over real logs in a temporary directory, without a server, on a clock in the test's hand. <see cref="Crash"/> goes on
/// with a copy of the files as they are, as after kill -9.
/// </summary>
internal sealed class CoordinatorsOnDisk : IDisposable
{
    private readonly List<DirectoryInfo> _directories = [];
    private readonly List<IDisposable> _open = [];
    private readonly Func<BrokerOptions, BrokerOptions> _configure;

    public CoordinatorsOnDisk(Func<BrokerOptions, BrokerOptions>? configure = null)
    {
        _configure = configure ?? (static options => options);
        Open(NewDirectory());
    }

    public FakeTimeProvider Clock { get; } = new();

    public TopicStore Topics { get; private set; } = null!;

    public GroupCoordinator Groups { get; private set; } = null!;

    public TransactionCoordinator Transactions { get; private set; } = null!;

    /// <summary>Goes on with a copy of the data; the coordinators of before are never closed in order before it is taken.</summary>
    public void Crash()
    {
        var copy = NewDirectory();
        foreach (var file in Directory.EnumerateFiles(_directories[^2].FullName, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy.FullName, Path.GetRelativePath(_directories[^2].FullName, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var destination = File.Create(target);
            source.CopyTo(destination);
        }

        Close();
        Open(copy);
    }

    public void Dispose()
    {
        Close();
        foreach (var directory in _directories)
            directory.Delete(recursive: true);
    }

    private void Open(DirectoryInfo directory)
    {
        var options = _configure(new BrokerOptions { DataDirectory = directory.FullName, GroupInitialRebalanceDelay = TimeSpan.Zero });
        Topics = TopicStore.Open(options, Clock, NullLoggerFactory.Instance);
        _open.Add(Topics);
        var coordinators = Coordinators.Open(options, Topics, Clock, NullLoggerFactory.Instance);
        _open.Add(coordinators);
        Groups = coordinators.Groups;
        Transactions = coordinators.Transactions;
    }

    private void Close()
    {
        for (var i = _open.Count - 1; i >= 0; i--)
            _open[i].Dispose();
        _open.Clear();
    }

    private DirectoryInfo NewDirectory()
    {
        var directory = Directory.CreateTempSubdirectory("flowstream-coordinators-");
        _directories.Add(directory);
        return directory;
    }
}
