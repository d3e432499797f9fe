using System.Net;
using System.Text.Json;
using FlowStream.Parsing;
using FlowStream.Streams;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlowStream.Queries.Http;

/// <summary>
/// Takes every request: hostile until it is read. What is wrong with it is answered in one line of JSON, with what is right.
/// </summary>
internal sealed class QueryHandler
{
    private readonly Dictionary<string, Func<TableEndpoint, HttpContext, SessionRequest, Task>> _paths = new(StringComparer.Ordinal)
    {
        [SessionsPath] = (table, context, request) => table.ListAsync(context, request),
        [SummaryPath] = (table, context, request) => table.SummariseAsync(context, request),
    };

    private readonly bool _isLocalOnly;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private volatile TableEndpoint? _table;

    /// <summary>Makes a handler that has no table yet.</summary>
    /// <param name="listen">Where it listens.</param>
    /// <param name="time">Measures how long answers take.</param>
    /// <param name="logger">Where it logs what it did not expect.</param>
    public QueryHandler(IPEndPoint listen, TimeProvider time, ILogger logger)
    {
        _time = time;
        _isLocalOnly = IPAddress.IsLoopback(listen.Address);
        _logger = logger;
    }

    /// <summary>The path of the listing.</summary>
    public const string SessionsPath = "/sessions";

    /// <summary>The path of the summary.</summary>
    public const string SummaryPath = "/sessions/summary";

    /// <summary>Answers from <paramref name="state"/> from now on.</summary>
    public void Serve(IQueryableState state) => _table = new TableEndpoint(state, _time);

    /// <summary>Answers a request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            await AnswerAsync(context).ConfigureAwait(false);
        }
        catch (StateQueryRefusedException refused)
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, refused.Message).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            const string Late = "the stages did not answer in time: their broker may be gone, or they are busy";
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, Late).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The top of a request: a fault of ours is logged and said, and ends nothing else.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            QueryLog.RequestFailed(_logger, failure);
            const string Said = "this request failed; the log says why";
            await RefuseAsync(context, StatusCodes.Status500InternalServerError, Said).ConfigureAwait(false);
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        // A page of another origin reaches a loopback port by a name of its own that resolves to it; the name gives it away.
        if (_isLocalOnly && !IsLocal(context.Request.Host.Host))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "the Host has to be an address or localhost").ConfigureAwait(false);
            return;
        }
        if (!_paths.TryGetValue(context.Request.Path.Value ?? "", out Func<TableEndpoint, HttpContext, SessionRequest, Task>? answer))
        {
            string right = $"there is no such path: {string.Join(" and ", _paths.Keys)} are";
            await RefuseAsync(context, StatusCodes.Status404NotFound, right).ConfigureAwait(false);
            return;
        }
        if (!HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.Headers.Allow = HttpMethods.Get;
            await RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, "only GET is answered").ConfigureAwait(false);
            return;
        }
        // A parameter that comes twice comes out with both values.
        IEnumerable<KeyValuePair<string, string>> parameters =
            context.Request.Query.SelectMany(one => one.Value, (one, value) => KeyValuePair.Create(one.Key, value ?? ""));
        if (!SessionRequest.TryParse(parameters, out SessionRequest request, out string error))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, error).ConfigureAwait(false);
            return;
        }
        TableEndpoint table = _table ?? throw new StateQueryRefusedException("the stages are starting");
        context.Response.ContentType = "application/x-ndjson";
        await answer(table, context, request).ConfigureAwait(false);
    }

    private static bool IsLocal(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host.Trim('[', ']'), out _);

    // Once lines are out the only thing left to say is that they are not all: the connection ends without the end of the body.
    private static async Task RefuseAsync(HttpContext context, int status, string error)
    {
        if (context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(Error(error)).ConfigureAwait(false);
    }

    private static byte[] Error(string text)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body, EventJson.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("error", text);
            json.WriteEndObject();
        }
        return body.ToArray();
    }
}
