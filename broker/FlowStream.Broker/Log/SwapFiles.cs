namespace FlowStream.Broker.Log;

/// <summary>
/// Puts compacted segments in the place of what they cover. The rename to a <c>.swap</c> name is the moment it counts: before it the file
/// is litter, after it the segments it names are. Every step may be repeated.
/// </summary>
internal static class SwapFiles
{
    /// <summary>Finishes what is under way in a directory and removes litter.</summary>
    public static void FinishAll(ILogFiles files, string directory)
    {
        foreach (string path in Directory.GetFiles(directory))
        {
            if (path.EndsWith(LogFileNames.TemporarySuffix, StringComparison.Ordinal)
                || path.EndsWith(LogFileNames.CleanedSuffix, StringComparison.Ordinal))
                files.Delete(path);
        }
        foreach (string path in Directory.GetFiles(directory, "*" + LogFileNames.SwapSuffix))
        {
            if (LogFileNames.TryParseSwap(path, out long from, out long to))
                Finish(files, directory, path, from, to);
        }
    }

    /// <summary>Deletes the segments that a swap file stands for and gives it their first name, which is returned.</summary>
    public static string Finish(ILogFiles files, string directory, string swap, long from, long to)
    {
        foreach (string path in Directory.GetFiles(directory, "*" + LogFileNames.LogSuffix))
        {
            if (!LogFileNames.TryParse(path, LogFileNames.LogSuffix, out long offset) || offset < from || offset >= to)
                continue;
            // The index file first: it must never outlive the segment it describes.
            files.Delete(LogFileNames.Of(directory, offset, LogFileNames.IndexSuffix));
            files.Delete(path);
        }
        string final = LogFileNames.Of(directory, from, LogFileNames.LogSuffix);
        files.Replace(swap, final);
        return final;
    }
}
