using System.Text;

namespace FlowStream.Benchmarks.Parsing;

/// <summary>
/// Debian's rsyslog with mmpstrucdata: an rsyslogd started for each measurement, on a file of lines, everything on one thread and its
/// output thrown away.
/// </summary>
internal sealed class Rsyslog
{
    /// <summary>What to say where there is none.</summary>
    public const string Absent = "rsyslog with mmpstrucdata was not measured: there is no rsyslogd (apt-get install rsyslog)";

    private const int Rounds = 3;

    // Two seconds of rsyslogd, beside which its start is nothing.
    private const long FileBytes = 60_000_000;

    private static readonly string[] Folders = ["/usr/sbin", "/sbin", "/usr/local/sbin"];

    private readonly string _program;

    private Rsyslog(string program) => _program = program;

    /// <summary>The rsyslogd of this machine, or null.</summary>
    public static Rsyslog? Find()
    {
        string? program = Folders.Select(folder => Path.Combine(folder, "rsyslogd")).FirstOrDefault(File.Exists);
        return program is null ? null : new Rsyslog(program);
    }

    /// <summary>Measures; the best of several rounds with and without the module in turns.</summary>
    /// <exception cref="InvalidDataException">rsyslog finds other fields in the lines than there are.</exception>
    public RsyslogRates Measure(LineSet set)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("flowstream-bench-rsyslog-");
        try
        {
            string lines = Path.Combine(folder.FullName, "lines");
            Write(lines, set, set.Lines[0].Length);
            RequireFields(folder, lines, set.Fields);
            long bytes = Write(lines, set, FileBytes);
            double whole = 0, without = 0;
            for (int round = 0; round < Rounds; round++)
            {
                whole = Math.Max(whole, Rate(folder, lines, bytes, RsyslogWork.StructuredData));
                without = Math.Max(without, Rate(folder, lines, bytes, RsyslogWork.HeaderOnly));
            }
            return new RsyslogRates(whole, without);
        }
        finally
        {
            folder.Delete(true);
        }
    }

    // Returns the bytes of the messages, line ends not counted.
    private static long Write(string path, LineSet set, long bytes)
    {
        long written = 0;
        using FileStream file = File.Create(path);
        for (int i = 0; written < bytes; i++)
        {
            byte[] line = set.Lines[i % set.Lines.Length];
            file.Write(line);
            file.WriteByte((byte)'\n');
            written += line.Length;
        }
        file.Write(Encoding.ASCII.GetBytes(RsyslogProcess.EndLine));
        return written;
    }

    private double Rate(DirectoryInfo folder, string lines, long bytes, RsyslogWork work)
    {
        using RsyslogProcess process = RsyslogProcess.Run(_program, folder.CreateSubdirectory(Guid.NewGuid().ToString("N")), lines, work);
        return bytes / process.Cpu.TotalSeconds / 1e6;
    }

    private void RequireFields(DirectoryInfo folder, string lines, int fields)
    {
        using RsyslogProcess process = RsyslogProcess.Run(_program, folder.CreateSubdirectory("check"), lines, RsyslogWork.PrintFields);
        int found = process.FirstLine.Split("\": \"").Length - 1;
        if (found != fields) throw new InvalidDataException($"rsyslog finds {found} fields of {fields} in {process.FirstLine}");
    }
}
