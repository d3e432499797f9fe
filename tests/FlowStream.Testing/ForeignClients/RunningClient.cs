using System.Diagnostics;
using System.Threading.Channels;

namespace FlowStream.Testing.ForeignClients;

/// <summary>A foreign client, or another program, that runs while the test goes on.</summary>
public sealed class RunningClient : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _seen = [];

    internal RunningClient(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Reads lines of its standard output and standard error until one fits.</summary>
    /// <param name="fits">Says which.</param>
    /// <param name="limit">When to give up; null for <see cref="ForeignClient.DefaultLimit"/>.</param>
    /// <returns>The line.</returns>
    /// <exception cref="TimeoutException">None came in time, or it ended; the message has what it said.</exception>
    public async Task<string> WaitForLineAsync(Func<string, bool> fits, TimeSpan? limit = null)
    {
        ArgumentNullException.ThrowIfNull(fits);
        using var deadline = new CancellationTokenSource(limit ?? ForeignClient.DefaultLimit);
        try
        {
            while (true)
            {
                var line = await _lines.Reader.ReadAsync(deadline.Token).ConfigureAwait(false);
                if (fits(line))
                    return line;
            }
        }
        catch (Exception end) when (end is OperationCanceledException or ChannelClosedException)
        {
            lock (_seen)
            {
                var said = string.Join('\n', _seen);
                throw new TimeoutException($"{_process.StartInfo.FileName} did not say what was waited for\n{said}", end);
            }
        }
    }

    /// <summary>Ends it at once, with SIGKILL: it gets no chance to say goodbye.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    private void Take(string? line)
    {
        // Both streams end with a null; what was read before counts.
        if (line is null)
            return;
        lock (_seen)
            _seen.Add(line);
        _lines.Writer.TryWrite(line);
    }
}
