using System.Diagnostics;
using System.Globalization;

namespace FlowStream.Benchmarks.Parsing;

/// <summary>An rsyslogd that has read a file to its end. Disposing it kills it.</summary>
internal sealed class RsyslogProcess : IDisposable
{
    /// <summary>The last line of a file: with it rsyslogd says that it is done.</summary>
    public const string EndLine = "<14>1 - - END - - -\n";

    // Thirty times what the file takes on an idle machine.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    private readonly Process _process;
    private readonly string _output;

    private RsyslogProcess(Process process, string output)
    {
        _process = process;
        _output = output;
    }

    /// <summary>CPU time it has used from its start on.</summary>
    public TimeSpan Cpu { get; private set; }

    /// <summary>The first line of its output.</summary>
    public string FirstLine => File.ReadLines(_output).First();

    /// <summary>Starts <paramref name="program"/> on the file <paramref name="lines"/> and waits until it has read it.</summary>
    /// <param name="program">The rsyslogd.</param>
    /// <param name="folder">Its working directory, empty.</param>
    /// <param name="lines">The file, its last line <see cref="EndLine"/>.</param>
    /// <param name="work">What it does.</param>
    /// <exception cref="InvalidOperationException">It ended, or did not read the file in time; what it said went to stderr.</exception>
    public static RsyslogProcess Run(string program, DirectoryInfo folder, string lines, RsyslogWork work)
    {
        string settings = Path.Combine(folder.FullName, "rsyslog.conf"), done = Path.Combine(folder.FullName, "done");
        string output = work == RsyslogWork.PrintFields ? Path.Combine(folder.FullName, "output") : "/dev/null";
        File.WriteAllText(settings, Settings(folder.FullName, lines, done, output, work));
        string[] arguments = ["-n", "-f", settings, "-i", Path.Combine(folder.FullName, "pid")];
        var run = new RsyslogProcess(Process.Start(program, arguments), output);
        long began = Stopwatch.GetTimestamp();
        while (!File.Exists(done) || new FileInfo(done).Length == 0)
        {
            if (!run._process.HasExited && Stopwatch.GetElapsedTime(began) < Patience)
            {
                Thread.Sleep(Look);
                continue;
            }
            run.Dispose();
            throw new InvalidOperationException("rsyslogd did not read its file to the end.");
        }
        run._process.Refresh();
        run.Cpu = run._process.TotalProcessorTime;
        return run;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    // Direct queues: no thread waits for another, which costs rsyslogd the least CPU time.
    private static string Settings(string folder, string lines, string done, string output, RsyslogWork work) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        global(workDirectory="{{folder}}" maxMessageSize="64k" processInternalMessages="off")
        main_queue(queue.type="Direct")
        module(load="imfile")
        module(load="mmpstrucdata")
        template(name="dot" type="string" string=".")
        template(name="fields" type="string" string="%$!rfc5424-sd%\n")
        input(type="imfile" file="{{lines}}" tag="bench" needParse="on" ruleset="bench")
        ruleset(name="bench" queue.type="Direct") {
          if $app-name == "END" then {
            action(type="omfile" file="{{done}}" template="dot")
            stop
          }
          {{(work == RsyslogWork.HeaderOnly ? "" : "action(type=\"mmpstrucdata\")")}}
          action(type="omfile" file="{{output}}" template="{{(work == RsyslogWork.PrintFields ? "fields" : "dot")}}")
        }

        """);
}
