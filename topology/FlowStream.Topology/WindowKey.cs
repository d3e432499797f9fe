using System.Globalization;
using FlowStream.Schemas;

namespace FlowStream.Topology;

/// <summary>
/// The key of a bandwidth record: aggregation, dimensions and start of the window as text, one text for one key, as in
/// <c>application/application=HTTP/2026-05-01T08:27:00Z</c>. Bytes of names and values other than letters, digits and <c>-._~:</c> are
/// written as <c>%</c> and two hexadecimal digits (RFC 3986 section 2.1). That of a longer window ends in its length in minutes, as in
/// <c>.../2026-05-01T08:25:00Z/PT5M</c> (ISO 8601).
/// </summary>
internal static class WindowKey
{
    // A window starts on a whole second, so the key needs no fraction.
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const int TimeBytes = 20;
    private const int BytesPerEscape = 3;
    private const long MinuteMs = 60_000;

    // A slash, PT, at most seven digits, M.
    private const int LengthBytes = 11;

    /// <summary>Length of the longest form of the key of <paramref name="window"/>.</summary>
    public static int MaxBytes(BandwidthWindow window)
    {
        int text = window.Aggregation.Span.Length;
        foreach (KeyValuePair<Utf8Text, Utf8Text> entry in window.Dimensions.Entries)
            text += entry.Key.Span.Length + entry.Value.Span.Length + 1;
        return (text * BytesPerEscape) + TimeBytes + LengthBytes + 2;
    }

    /// <summary>Writes the key and returns its length.</summary>
    /// <param name="window">The window.</param>
    /// <param name="key">At least <see cref="MaxBytes"/> long.</param>
    public static int Write(BandwidthWindow window, Span<byte> key)
    {
        int written = Append(key, 0, window.Aggregation.Span);
        byte separator = (byte)'/';
        foreach (KeyValuePair<Utf8Text, Utf8Text> entry in window.Dimensions.Entries)
        {
            key[written++] = separator;
            separator = (byte)',';
            written = Append(key, written, entry.Key.Span);
            key[written++] = (byte)'=';
            written = Append(key, written, entry.Value.Span);
        }
        if (window.Dimensions.Count == 0) key[written++] = (byte)'/';
        key[written++] = (byte)'/';
        DateTime start = DateTimeOffset.FromUnixTimeMilliseconds(window.WindowStart).UtcDateTime;
        start.TryFormat(key[written..], out int digits, TimeFormat, CultureInfo.InvariantCulture);
        written += digits;
        long minutes = (window.WindowEnd - window.WindowStart) / MinuteMs;
        if (minutes == 1) return written;
        "/PT"u8.CopyTo(key[written..]);
        written += 3;
        minutes.TryFormat(key[written..], out digits, provider: CultureInfo.InvariantCulture);
        key[written + digits] = (byte)'M';
        return written + digits + 1;
    }

    /// <summary>Appends text, escaped, and returns the position after it.</summary>
    internal static int Append(Span<byte> key, int written, ReadOnlySpan<byte> text)
    {
        foreach (byte b in text)
        {
            if (char.IsAsciiLetterOrDigit((char)b) || "-._~:"u8.Contains(b))
            {
                key[written++] = b;
                continue;
            }
            key[written++] = (byte)'%';
            b.TryFormat(key[written..], out int digits, "X2", CultureInfo.InvariantCulture);
            written += digits;
        }
        return written;
    }
}
