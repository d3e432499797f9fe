using System.Buffers;
using System.Globalization;
using FlowStream.Broker.Apis;
using FlowStream.Broker.Control;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Server;

/// <summary>
/// Takes a request frame apart, lets hooks and the handler of its API work on it, and leaves the response frame in the context's writer.
/// </summary>
/// <param name="registry">The APIs that are served.</param>
/// <param name="control">Hooks of tests.</param>
/// <param name="events">Where malformed and failed requests are reported.</param>
internal sealed class RequestDispatcher(ApiRegistry registry, BrokerControl control, BrokerEvents events)
{
    /// <summary>Handles one request.</summary>
    /// <param name="context">The connection's context, filled here.</param>
    /// <param name="frame">The request without its length field; must stay untouched until the task completes.</param>
    /// <returns>What to do next; the frame to send, length field included, is <see cref="RequestContext.Response"/>.</returns>
    public ValueTask<DispatchOutcome> DispatchAsync(RequestContext context, Memory<byte> frame)
    {
        var handler = Prepare(context, frame, out var error);
        if (handler is null)
        {
            events.MalformedRequest(context.ClientHost, error);
            return new(DispatchOutcome.Malformed);
        }

        return control.IsActive ? ControlledAsync(handler, context) : HandleAsync(handler, context);
    }

    private IApiHandler? Prepare(RequestContext context, Memory<byte> frame, out string error)
    {
        var header = new KafkaReader(frame.Span, flexible: false);
        context.Key = (ApiKey)header.ReadInt16();
        context.Version = header.ReadInt16();
        context.CorrelationId = header.ReadInt32();
        var handler = registry.Find(context.Key);
        if (header.Failed || handler is null)
        {
            error = $"no Kafka request (API key {(short)context.Key}, {frame.Length} bytes)";
            return null;
        }

        if (!Accepts(handler.Versions, context.Version))
        {
            error = $"{context.Key} version {context.Version} is not served";
            return null;
        }

        context.Flexible = handler.Versions.IsFlexible(context.Version);
        context.ClientId = header.ReadPlainNullableString();
        var body = frame[header.Position..];
        error = $"{context.Key} v{context.Version}: bad request header ({header.Error})";
        if (header.Failed || !TrySkipHeaderTags(context.Flexible, ref body))
            return null;
        context.Body = body;
        return handler;
    }

    /// <remarks>
    /// A client that asks for an unknown version of ApiVersions is not turned away but told what is known: its handler answers in the
    /// layout of version 0 (KIP-511).
    /// </remarks>
    private static bool Accepts(ApiVersionRange versions, short version) =>
        versions.Contains(version) || (versions.Key == ApiKey.ApiVersions && version > versions.Max);

    private static bool TrySkipHeaderTags(bool flexible, ref Memory<byte> body)
    {
        var tags = new KafkaReader(body.Span, flexible);
        tags.SkipTags();
        if (tags.Failed)
            return false;
        body = body[tags.Position..];
        return true;
    }

    private async ValueTask<DispatchOutcome> ControlledAsync(IApiHandler handler, RequestContext context)
    {
        var action = control.Decide(new RequestInfo(context.Key, context.Version, context.ClientId, context.ClientHost, context.Body));
        if (action.Until is not null)
        {
            await action.Until.WaitAsync(context.Closing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (context.Closing.IsCancellationRequested)
                return DispatchOutcome.Close;
        }

        if (action.Kind == ControlKind.Drop)
            return DispatchOutcome.Close;
        if (action.Kind == ControlKind.Answer)
        {
            BeginResponse(context);
            context.Response.Write(action.Body.Span);
            return EndResponse(context);
        }

        var outcome = await HandleAsync(handler, context).ConfigureAwait(false);
        return (action.Kind, outcome) switch
        {
            (ControlKind.HandleThenDrop, _) => DispatchOutcome.Close,
            (ControlKind.AnswerThenDrop, DispatchOutcome.Send) => DispatchOutcome.SendThenClose,
            (ControlKind.AnswerThenDrop, DispatchOutcome.Skip) => DispatchOutcome.Close,
            _ => outcome,
        };
    }

    private async ValueTask<DispatchOutcome> HandleAsync(IApiHandler handler, RequestContext context)
    {
        BeginResponse(context);
        HandlerResult result;
        try
        {
            result = await handler.HandleAsync(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.Closing.IsCancellationRequested)
        {
            return DispatchOutcome.Close;
        }
#pragma warning disable CA1031 // A fault in one request must not end the others: it is logged, counted, and its connection is closed.
        catch (Exception error)
#pragma warning restore CA1031
        {
            var request = string.Create(CultureInfo.InvariantCulture, $"{context.Key} v{context.Version}");
            events.RequestFailed(context.ClientHost, request, error);
            return DispatchOutcome.Close;
        }

        switch (result)
        {
            case HandlerResult.Respond:
                return EndResponse(context);
            case HandlerResult.NoResponse:
                return DispatchOutcome.Skip;
            case HandlerResult.CloseConnection:
                return DispatchOutcome.Close;
            default:
                events.MalformedRequest(context.ClientHost, $"{context.Key} v{context.Version}: malformed request");
                return DispatchOutcome.Malformed;
        }
    }

    private static void BeginResponse(RequestContext context)
    {
        var response = context.Response;
        response.Reset();
        response.ReserveInt32();
        response.WriteInt32(context.CorrelationId);
        response.Flexible = context.Flexible;
        // The response header of ApiVersions never has tags: a client must be able to read it before it knows any version (KIP-511).
        if (context.Key != ApiKey.ApiVersions)
            response.WriteTags();
    }

    private static DispatchOutcome EndResponse(RequestContext context)
    {
        context.Response.PatchInt32(0, context.Response.Length - sizeof(int));
        return DispatchOutcome.Send;
    }
}
