namespace FlowStream.Parsing.DeviceText;

/// <summary>Takes what a <see cref="DeviceTextReader"/> reads, in the order of the text.</summary>
public interface IDeviceTextOutput
{
    /// <summary>A session.</summary>
    void Session(DeviceSession session);

    /// <summary>A session that could not be read.</summary>
    void Refused(DeviceTextRefusal refusal);

    /// <summary>The device's own count at the end of a listing.</summary>
    /// <param name="line">Its line.</param>
    /// <param name="stated">How many sessions the device says that it listed.</param>
    /// <param name="read">How many were read since the listing began.</param>
    void Total(long line, long stated, long read);

    /// <summary>A line that belongs to no listing known.</summary>
    /// <param name="line">Its number, from 1.</param>
    /// <param name="text">The line, cut to <see cref="DeviceTextLimits.MaxExcerptChars"/>.</param>
    void Unread(long line, string text);
}
