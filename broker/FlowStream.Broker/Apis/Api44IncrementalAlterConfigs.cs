using FlowStream.Broker.Apis.Requests;
using FlowStream.Broker.Topics;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Apis;

/// <summary>IncrementalAlterConfigs (key 44), version 0; not flexible. Changes single configuration entries of topics (KIP-339).</summary>
/// <param name="topics">The topics.</param>
internal sealed class Api44IncrementalAlterConfigs(TopicStore topics) : IApiHandler
{
    /// <inheritdoc/>
    public ApiVersionRange Versions { get; } = new(ApiKey.IncrementalAlterConfigs, Min: 0, Max: 0, ApiVersionRange.NeverFlexible);

    /// <inheritdoc/>
    public ValueTask<HandlerResult> HandleAsync(RequestContext context)
    {
        var reader = context.CreateReader();
        var requested = reader.ReadArray(ConfigChanges.MinBytes, ConfigChanges.Read);
        var validateOnly = reader.ReadBoolean();
        if (reader.Failed)
            return new(HandlerResult.Malformed);
        var response = context.Response;
        response.WriteInt32(0);
        response.WriteArrayLength(requested.Count);
        foreach (var resource in requested)
        {
            var outcome = Apply(resource, validateOnly);
            response.WriteError(outcome.Error);
            response.WriteString(outcome.Message);
            response.WriteInt8((sbyte)resource.Type);
            response.WriteString(resource.Name);
        }

        return new(HandlerResult.Respond);
    }

    private static bool IsLegal(ConfigChange change) => change.Operation switch
    {
        ConfigOperation.Delete => true,
        ConfigOperation.Set => change.Value is not null,
        ConfigOperation.Append or ConfigOperation.Subtract =>
            change.Value is not null && TopicConfigCatalogue.Find(change.Name) is null or { Type: TopicConfigType.List },
        _ => false,
    };

    private static Dictionary<string, string> Changed(IReadOnlyDictionary<string, string> present, List<ConfigChange> changes)
    {
        var configs = new Dictionary<string, string>(present, StringComparer.Ordinal);
        foreach (var (name, operation, value) in changes)
        {
            if (operation == ConfigOperation.Delete)
                configs.Remove(name);
            else if (operation == ConfigOperation.Set)
                configs[name] = value!;
            else
                configs[name] = ChangedList(configs.GetValueOrDefault(name), name, operation, value!);
        }

        return configs;
    }

    private static string ChangedList(string? present, string name, ConfigOperation operation, string value)
    {
        var words = Words(present ?? TopicConfigCatalogue.Find(name)?.Default ?? string.Empty);
        var changed = operation == ConfigOperation.Append ? words.Union(Words(value)) : words.Except(Words(value));
        return string.Join(',', changed);
    }

    private static string[] Words(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private TopicOutcome Apply(ConfigChanges resource, bool validateOnly)
    {
        if (resource.Type != ConfigResourceType.Topic || TopicName.IsInternal(resource.Name))
            return new(ErrorCode.InvalidRequest, "Only the configuration of topics that clients write to can be changed.");
        if (!resource.Changes.TrueForAll(IsLegal))
            return new(ErrorCode.InvalidConfig, "A value is missing, or the operation does not fit the entry's type.");
        return topics.Configure(resource.Name, present => Changed(present, resource.Changes), validateOnly);
    }
}
