namespace FlowStream.Broker.Apis;

/// <summary>
/// Answers one API of the protocol. One implementation per file, named by key and API; one instance serves all connections.
/// </summary>
internal interface IApiHandler
{
    /// <summary>The API and its versions.</summary>
    ApiVersionRange Versions { get; }

    /// <summary>
    /// Decodes the request in <see cref="RequestContext.Body"/> and writes the response body to <see cref="RequestContext.Response"/>.
    /// A connection's requests are handled one after another, those of different connections at the same time.
    /// </summary>
    /// <param name="context">The request; valid until the returned task completes.</param>
    /// <returns>What to do with the response. Input never makes it throw: what cannot be decoded is <see
    /// cref="HandlerResult.Malformed"/>.</returns>
    ValueTask<HandlerResult> HandleAsync(RequestContext context);
}
