using FlowStream.Schemas;

namespace FlowStream.Cli.Summary;

/// <summary>Bytes of one application in one window.</summary>
internal sealed record ApplicationBytes(string Application, long FromClient, long FromServer)
{
    public static ApplicationBytes Of(BandwidthWindow window)
    {
        string application = "(not identified)";
        foreach (KeyValuePair<Utf8Text, Utf8Text> dimension in window.Dimensions.Entries) application = dimension.Value.ToString();
        return new ApplicationBytes(application, window.BytesFromClient, window.BytesFromServer);
    }
}
