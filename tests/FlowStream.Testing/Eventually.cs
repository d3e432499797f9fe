namespace FlowStream.Testing;

/// <summary>
/// Waits for what another process or a network client does, which no clock of ours drives. The only place in the tests that looks
/// again after a pause; it ends as soon as the thing holds, so a pause is never the thing that makes a test pass.
/// </summary>
public static class Eventually
{
    /// <summary>How long to wait before a test has failed: far beyond what any step takes on a loaded machine.</summary>
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(60);

    // Short beside the start of a process, long beside one look.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Returns as soon as <paramref name="holds"/> does.</summary>
    /// <param name="holds">Looks once; called at least once and never at the same time as itself.</param>
    /// <param name="what">What is waited for, for the failure message.</param>
    /// <param name="limit">How long at most; null for <see cref="DefaultLimit"/>.</param>
    /// <param name="clock">Measures the limit and the pauses; null for the system's.</param>
    /// <exception cref="TimeoutException">It did not hold within the limit; the message names what.</exception>
    public static Task HoldsAsync(Func<bool> holds, string what, TimeSpan? limit = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(holds);
        return HoldsAsync(() => Task.FromResult(holds()), what, limit, clock);
    }

    /// <summary>Returns as soon as <paramref name="holds"/> does.</summary>
    /// <param name="holds">Looks once; called at least once and never at the same time as itself.</param>
    /// <param name="what">What is waited for, for the failure message.</param>
    /// <param name="limit">How long at most; null for <see cref="DefaultLimit"/>.</param>
    /// <param name="clock">Measures the limit and the pauses; null for the system's.</param>
    /// <exception cref="TimeoutException">It did not hold within the limit; the message names what.</exception>
    public static async Task HoldsAsync(Func<Task<bool>> holds, string what, TimeSpan? limit = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(holds);
        clock ??= TimeProvider.System;
        TimeSpan most = limit ?? DefaultLimit;
        long start = clock.GetTimestamp();
        using var pauses = new PeriodicTimer(Pause, clock);
        while (!await holds().ConfigureAwait(false))
        {
            if (clock.GetElapsedTime(start) > most)
                throw new TimeoutException($"waited {most.TotalSeconds:0.#} s in vain for: {what}");
            await pauses.WaitForNextTickAsync().ConfigureAwait(false);
        }
    }
}
