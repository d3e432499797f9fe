using System.Globalization;
using FlowStream.Testing;

namespace FlowStream.Fuzz.Tests.Engine;

/// <summary>Runs a target on changed inputs for a time, and keeps the one that breaks it.</summary>
/// <param name="folder">Folder with one folder of failing inputs for each target.</param>
/// <param name="time">Tells when the time is over.</param>
/// <param name="found">
/// Takes each new kind of failure, after which the run goes on; null for a run that ends with the first.
/// </param>
internal sealed class Fuzzer(string folder, TimeProvider time, Action<FuzzFailedException>? found = null)
{
    // One fault breaks many inputs; after so many kinds of failures its owner has enough to go on.
    private const int MaxKinds = 10;

    // Two failures are of one kind when they say the same so far, numbers left out.
    private const int KindLetters = 60;

    // What an input may cost: a decoder that believes a length asks for thousands of times this.
    private const long MaxAllocation = 16 * 1024 * 1024;

    // The target's own checks write down what was read, several times over: of each byte a few hundred.
    private const long CheckAllocation = 1024;

    // Inputs that made a target do something new and are changed further. Far more kinds of behaviour than any target has shown.
    private const int MaxKept = 20_000;

    // A kept input is changed again and again: a long one would take the time of many short ones.
    private const int MaxKeptBytes = 4096;

    // Of so many kept inputs one may be a refused one: what comes of those is mostly refused for the same fault.
    private const int RefusedShare = 8;

    private readonly HashSet<string> _kinds = [];
    private long _runs, _accepted, _behaviours;

    /// <summary>How far it is; may be asked from another thread.</summary>
    public FuzzProgress Progress => new(Volatile.Read(ref _runs), Volatile.Read(ref _accepted), Volatile.Read(ref _behaviours));

    /// <summary>Runs the seeds as they are, then changed ones until <paramref name="duration"/> is over.</summary>
    /// <exception cref="FuzzFailedException">An input broke the target; it is saved.</exception>
    public FuzzOutcome Run(IFuzzTarget target, TimeSpan duration)
    {
        ulong seed = Properties.Seed();
        var mutator = new Mutator(new Random((int)(seed % int.MaxValue)), target.Tokens);
        var corpus = new List<byte[]>(target.Seeds);
        var behaviours = new HashSet<ulong>();
        int refused = 0;
        foreach (byte[] input in target.Seeds) Take(input, isSeed: true);
        long began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < duration && _kinds.Count < MaxKinds) Take(mutator.Next(corpus), isSeed: false);
        return new FuzzOutcome(seed, _runs, _accepted);
        void Take(byte[] input, bool isSeed)
        {
            _runs++;
            bool accepted = Try(target, input, seed);
            if (accepted) _accepted++;
            if (!behaviours.Add(target.Behaviour)) return;
            _behaviours++;
            if (isSeed || input.Length > MaxKeptBytes || corpus.Count >= MaxKept) return;
            if (!accepted && ++refused * RefusedShare > corpus.Count) return;
            corpus.Add(input);
        }
    }

    /// <summary>Runs one input, with the same checks but without keeping it.</summary>
    public static bool RunOne(IFuzzTarget target, byte[] input)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool accepted = target.Run(input);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > MaxAllocation + (input.Length * CheckAllocation))
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
            if (!_kinds.Add(Kind(failure))) return false;
            string path = CrashFiles.Save(folder, target.Name, input);
            var finding = new FuzzFailedException(
                $"{target.Name}: {failure.GetType().Name}: {failure.Message}\ninput kept as {path}; seed {Properties.SeedVariable}={seed}",
                failure);
            if (found is null) throw finding;
            found(finding);
            return false;
        }
    }

    private static string Kind(Exception failure)
    {
        string letters = string.Concat(failure.Message.Where(char.IsLetter));
        return $"{failure.GetType().Name} {letters[..Math.Min(letters.Length, KindLetters)]}";
    }
}
