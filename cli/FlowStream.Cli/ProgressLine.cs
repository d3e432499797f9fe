namespace FlowStream.Cli;

/// <summary>One line on stderr that says how far long work is; only where a person is looking at a terminal.</summary>
internal sealed class ProgressLine : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private readonly Func<string> _text;
    private readonly ITimer? _timer;
    private int _longest;

    public ProgressLine(Func<string> text)
    {
        _text = text;
        if (!Console.IsErrorRedirected) _timer = TimeProvider.System.CreateTimer(_ => Print(), null, Interval, Interval);
    }

    public void Dispose()
    {
        if (_timer is null) return;
        _timer.Dispose();
        Print();
        Console.Error.WriteLine();
    }

    private void Print()
    {
        string text = _text();
        _longest = Math.Max(_longest, text.Length);
        Console.Error.Write('\r' + text.PadRight(_longest));
    }
}
