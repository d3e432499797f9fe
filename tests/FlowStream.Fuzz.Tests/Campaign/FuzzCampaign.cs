using System.Collections.Concurrent;
using System.Globalization;
using FlowStream.Fuzz.Tests.Engine;
using FlowStream.Fuzz.Tests.Targets;

namespace FlowStream.Fuzz.Tests.Campaign;

/// <summary>Runs targets for a long time, several at once, and tells how far they are and what they found.</summary>
internal sealed class FuzzCampaign(FuzzOptions options, TextWriter output, TimeProvider time)
{
    private static readonly TimeSpan Tell = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, (Fuzzer Fuzzer, long Began)> _running = new();
    private readonly Lock _lock = new();
    private int _findings;

    /// <summary>Runs all targets that the options name; returns the number of findings.</summary>
    public int Run()
    {
        string[] targets = [.. AllTargets.Names.Where(options.Takes)];
        if (targets.Length == 0) Say($"no target is called {options.Targets}; there are: {string.Join(' ', AllTargets.Names)}");
        var queue = new ConcurrentQueue<string>(targets);
        using (time.CreateTimer(_ => TellProgress(), null, Tell, Tell))
        {
            Thread[] threads = [.. Enumerable.Range(0, Math.Min(options.Jobs, targets.Length)).Select(_ => new Thread(() => Work(queue)))];
            foreach (Thread thread in threads) thread.Start();
            foreach (Thread thread in threads) thread.Join();
        }
        Say($"{targets.Length} targets, {_findings} findings");
        return targets.Length == 0 ? 1 : _findings;
    }

    private void Work(ConcurrentQueue<string> queue)
    {
        while (queue.TryDequeue(out string? name)) RunTarget(name);
    }

    private void RunTarget(string name)
    {
        foreach (byte[] input in GuardedMemory.Left(name))
            Find($"{name}: a process died while it read {CrashFiles.Save(CrashFiles.Folder(), name, input)}");
        using IFuzzTarget target = AllTargets.Make(name);
        Replay(target);
        var fuzzer = new Fuzzer(CrashFiles.Folder(), time, failure => Find(failure.Message));
        _running[name] = (fuzzer, time.GetTimestamp());
        fuzzer.Run(target, options.Duration(name));
        Say($"done {Progress(name)}");
        _running.TryRemove(name, out _);
    }

    private void Replay(IFuzzTarget target)
    {
        foreach (string path in CrashFiles.Of(CrashFiles.Folder(), target.Name))
        {
            try
            {
                Fuzzer.RunOne(target, File.ReadAllBytes(path));
            }
            catch (Exception failure)
            {
                Find($"{target.Name}: {path} still breaks it: {failure.Message}");
            }
        }
    }

    private void TellProgress()
    {
        foreach (string name in _running.Keys) Say($"     {Progress(name)}");
    }

    private string Progress(string name)
    {
        if (!_running.TryGetValue(name, out (Fuzzer Fuzzer, long Began) run)) return name;
        FuzzProgress now = run.Fuzzer.Progress;
        double seconds = time.GetElapsedTime(run.Began).TotalSeconds;
        string inputs = string.Create(CultureInfo.InvariantCulture, $"{now.Runs:N0} inputs, {now.Runs / seconds:N0} inputs/s");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {seconds:N0} s, {inputs}, {now.Accepted:N0} accepted, {now.Behaviours:N0} behaviours");
    }

    private void Find(string finding)
    {
        Interlocked.Increment(ref _findings);
        Say($"FOUND {finding}");
    }

    private void Say(string line)
    {
        lock (_lock) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():HH:mm:ss} {line}"));
    }
}
