using FlowStream.Broker.Apis.Requests;
using FlowStream.Broker.Topics;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>
/// AlterConfigs (key 33), version 0; not flexible. Replaces the whole configuration of topics.
/// <para>Version 1 is the same but is not offered: kafka-python 2.0.2 takes its response for a request and fails.</para>
/// </summary>
/// <param name="topics">The topics.</param>
internal sealed class Api33AlterConfigs(TopicStore topics) : IApiHandler
{
    /// <inheritdoc/>
    public ApiVersionRange Versions { get; } = new(ApiKey.AlterConfigs, Min: 0, Max: 0, ApiVersionRange.NeverFlexible);

    /// <inheritdoc/>
    public ValueTask<HandlerResult> HandleAsync(RequestContext context)
    {
        var reader = context.CreateReader();
        var replacements = reader.ReadArray(ConfigReplacement.MinBytes, ConfigReplacement.Read);
        var validateOnly = reader.ReadBoolean();
        if (reader.Failed)
            return new(HandlerResult.Malformed);
        var response = context.Response;
        response.WriteInt32(0);
        response.WriteArrayLength(replacements.Count);
        foreach (var replacement in replacements)
        {
            var outcome = Replace(replacement, validateOnly);
            response.WriteError(outcome.Error);
            response.WriteString(outcome.Message);
            response.WriteInt8((sbyte)replacement.Type);
            response.WriteString(replacement.Name);
        }

        return new(HandlerResult.Respond);
    }

    private TopicOutcome Replace(ConfigReplacement replacement, bool validateOnly) =>
        replacement.Type != ConfigResourceType.Topic || TopicName.IsInternal(replacement.Name)
            ? new(ErrorCode.InvalidRequest, "Only the configuration of topics that clients write to can be changed.")
            : topics.Configure(replacement.Name, _ => ConfigEntry.ToDictionary(replacement.Configs), validateOnly);
}
