using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace FlowStream.Testing;

/// <summary>
/// Runs claims over generated inputs with FsCheck. Each run draws a fresh seed; a failure names it, and the environment variable
/// <see cref="SeedVariable"/> set to it repeats the same inputs in the same order.
/// </summary>
public static class Properties
{
    /// <summary>The environment variable that holds the seed to repeat, a decimal unsigned 64-bit number.</summary>
    public const string SeedVariable = "FLOWSTREAM_SEED";

    /// <summary>
    /// The environment variable that says how many times each claim and each seeded test is run, with a new seed each time; 1 when it
    /// is not set. It has no effect when <see cref="SeedVariable"/> names the one seed to repeat.
    /// </summary>
    public const string RoundsVariable = "FLOWSTREAM_ROUNDS";

    /// <summary>
    /// Inputs per claim: enough that a fault hit by one input in fifty is found with 98 % certainty, and quick for pure code.
    /// </summary>
    public const int DefaultCount = 200;

    // A seed's second half selects FsCheck's generator stream; it must be odd and need not vary.
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    /// <summary>Runs <paramref name="claim"/> on inputs of FsCheck's default generator for <typeparamref name="T"/>.</summary>
    /// <param name="claim">Throws when it does not hold.</param>
    /// <param name="count">How many inputs to try.</param>
    /// <param name="name">The claim's name in the failure message.</param>
    /// <typeparam name="T">The type of the input.</typeparam>
    /// <exception cref="PropertyFailedException">The claim failed; the message holds the smallest failing input found and the
    /// seed.</exception>
    public static void Check<T>(Action<T> claim, int count = DefaultCount, [CallerMemberName] string name = "") =>
        Check(ArbMap.Default.ArbFor<T>(), claim, count, name);

    /// <summary>Runs <paramref name="claim"/> on inputs drawn from <paramref name="inputs"/>; a failing input is not shrunk.</summary>
    /// <param name="inputs">Draws the inputs.</param>
    /// <param name="claim">Throws when it does not hold.</param>
    /// <param name="count">How many inputs to try.</param>
    /// <param name="name">The claim's name in the failure message.</param>
    /// <typeparam name="T">The type of the input.</typeparam>
    /// <exception cref="PropertyFailedException">The claim failed; the message holds the failing input and the seed.</exception>
    public static void Check<T>(Gen<T> inputs, Action<T> claim, int count = DefaultCount, [CallerMemberName] string name = "") =>
        Check(Arb.From(inputs), claim, count, name);

    /// <summary>Runs <paramref name="claim"/> on inputs drawn and shrunk by <paramref name="inputs"/>.</summary>
    /// <param name="inputs">Draws the inputs and makes failing ones smaller.</param>
    /// <param name="claim">Throws when it does not hold.</param>
    /// <param name="count">How many inputs to try.</param>
    /// <param name="name">The claim's name in the failure message.</param>
    /// <typeparam name="T">The type of the input.</typeparam>
    /// <exception cref="PropertyFailedException">The claim failed; the message holds the smallest failing input found and the
    /// seed.</exception>
    public static void Check<T>(Arbitrary<T> inputs, Action<T> claim, int count = DefaultCount, [CallerMemberName] string name = "")
    {
        WithSeed(
            seed =>
            {
                var replay = new Replay(new Rnd(seed, Gamma), FSharpOption<int>.None);
                Config config = Config.QuickThrowOnFailure
                    .WithName(name)
                    .WithMaxTest(count)
                    .WithQuietOnSuccess(true)
                    .WithReplay(FSharpOption<Replay>.Some(replay));
                FsCheck.Check.One(config, Prop.ForAll(inputs, claim));
            },
            name);
    }

    /// <summary>
    /// Runs a test that draws everything random from one seed, for instance a simulation; more than once when
    /// <see cref="RoundsVariable"/> says so.
    /// </summary>
    /// <param name="body">The test; throws when it does not hold.</param>
    /// <param name="name">The test's name in the failure message.</param>
    /// <exception cref="PropertyFailedException">The body threw; the message holds the seed.</exception>
    public static void WithSeed(Action<ulong> body, [CallerMemberName] string name = "")
    {
        ArgumentNullException.ThrowIfNull(body);
        for (int left = Rounds(); left > 0; left--) RunSeeded(body, Seed(), name);
    }

    /// <summary>The seed to use: the one <see cref="SeedVariable"/> names, else a fresh one.</summary>
    /// <returns>The seed; the caller shows it when a test fails.</returns>
    /// <exception cref="FormatException">The variable is set but is not an unsigned 64-bit number.</exception>
    public static ulong Seed()
    {
        string? named = Environment.GetEnvironmentVariable(SeedVariable);
        if (!string.IsNullOrEmpty(named))
            return ulong.Parse(named, NumberStyles.None, CultureInfo.InvariantCulture);
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return BitConverter.ToUInt64(bytes);
    }

    private static int Rounds()
    {
        string? named = Environment.GetEnvironmentVariable(RoundsVariable);
        if (string.IsNullOrEmpty(named) || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(SeedVariable))) return 1;
        int rounds = int.Parse(named, NumberStyles.None, CultureInfo.InvariantCulture);
        return rounds > 0 ? rounds : throw new FormatException($"{RoundsVariable} is {named}: that would run nothing.");
    }

    private static void RunSeeded(Action<ulong> body, ulong seed, string name)
    {
        try
        {
            body(seed);
        }
        catch (Exception failure)
        {
            throw new PropertyFailedException(
                string.Create(CultureInfo.InvariantCulture, $"{name} failed; repeat with {SeedVariable}={seed}\n{failure.Message}"),
                failure);
        }
    }
}
