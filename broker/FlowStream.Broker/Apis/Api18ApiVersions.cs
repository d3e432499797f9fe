using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>
/// ApiVersions (key 18), versions 0-3; flexible from 3. Says which APIs and versions are served.
/// <list type="bullet">
/// <item>v1 adds the throttle time; v3 the client's software name and version (KIP-511).</item>
/// <item>A higher version is answered in the layout of version 0 with UNSUPPORTED_VERSION and the list; the client then asks again.</item>
/// </list>
/// </summary>
/// <param name="registry">What is served.</param>
internal sealed class Api18ApiVersions(ApiRegistry registry) : IApiHandler
{
    // Bounds what one word of software name can cost; KIP-511 allows letters, digits, '-' and '.' and clients use a few bytes.
    private const int MaxSoftwareNameLength = 256;

    /// <inheritdoc/>
    public ApiVersionRange Versions { get; } = new(ApiKey.ApiVersions, Min: 0, Max: 3, FlexibleFrom: 3);

    /// <inheritdoc/>
    public ValueTask<HandlerResult> HandleAsync(RequestContext context)
    {
        var response = context.Response;
        if (!Versions.Contains(context.Version))
        {
            response.Flexible = false;
            response.WriteError(ErrorCode.UnsupportedVersion);
            WriteList(response);
            return new(HandlerResult.Respond);
        }

        var error = Check(context, out var malformed);
        if (malformed)
            return new(HandlerResult.Malformed);
        response.WriteError(error);
        WriteList(response);
        if (context.Version >= 1)
            response.WriteInt32(0);
        response.WriteTags();
        return new(HandlerResult.Respond);
    }

    private static ErrorCode Check(RequestContext context, out bool malformed)
    {
        malformed = false;
        if (context.Version < 3)
            return ErrorCode.None;
        var reader = context.CreateReader();
        var name = reader.ReadString();
        var version = reader.ReadString();
        reader.SkipTags();
        malformed = reader.Failed;
        return name.Length is 0 or > MaxSoftwareNameLength || version.Length is 0 or > MaxSoftwareNameLength
            ? ErrorCode.InvalidRequest
            : ErrorCode.None;
    }

    private void WriteList(KafkaWriter response)
    {
        response.WriteArrayLength(registry.Handlers.Count);
        foreach (var handler in registry.Handlers)
        {
            response.WriteInt16((short)handler.Versions.Key);
            response.WriteInt16(handler.Versions.Min);
            response.WriteInt16(handler.Versions.Max);
            response.WriteTags();
        }
    }
}
