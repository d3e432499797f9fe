using System.Globalization;
using FlowStream.Testing;

namespace FlowStream.Fuzz.Tests.Engine;

/// <summary>Runs a target on changed inputs for a time, and keeps the one that breaks it.</summary>
/// <param name="folder">Folder with one folder of failing inputs for each target.</param>
/// <param name="time">Tells when the time is over.</param>
internal sealed class Fuzzer(string folder, TimeProvider time)
{
    // What an input may cost: a decoder that believes a length asks for thousands of times this.
    private const long MaxAllocation = 16 * 1024 * 1024;

    /// <summary>Runs the seeds as they are, then changed ones until <paramref name="duration"/> is over.</summary>
    /// <exception cref="FuzzFailedException">An input broke the target; it is saved.</exception>
    public FuzzOutcome Run(IFuzzTarget target, TimeSpan duration)
    {
        ulong seed = Properties.Seed();
        var mutator = new Mutator(new Random((int)(seed % int.MaxValue)));
        long runs = 0, accepted = 0;
        foreach (byte[] input in target.Seeds)
        {
            runs++;
            if (Try(target, input, seed)) accepted++;
        }
        for (long began = time.GetTimestamp(); time.GetElapsedTime(began) < duration; runs++)
            if (Try(target, mutator.Next(target.Seeds), seed)) accepted++;
        return new FuzzOutcome(seed, runs, accepted);
    }

    /// <summary>Runs one input, with the same checks but without keeping it.</summary>
    public static bool RunOne(IFuzzTarget target, byte[] input)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool accepted = target.Run(input);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > MaxAllocation)
        {
            throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"{allocated} bytes allocated for {input.Length}"));
        }
        return accepted;
    }

    private bool Try(IFuzzTarget target, byte[] input, ulong seed)
    {
        try
        {
            return RunOne(target, input);
        }
        catch (Exception failure)
        {
            string path = CrashFiles.Save(folder, target.Name, input);
            throw new FuzzFailedException(
                $"{target.Name}: {failure.GetType().Name}: {failure.Message}\ninput kept as {path}; seed {Properties.SeedVariable}={seed}",
                failure);
        }
    }
}
