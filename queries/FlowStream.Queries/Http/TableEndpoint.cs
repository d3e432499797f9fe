using System.Buffers;
using System.Text.Json;
using System.Threading.Channels;
using FlowStream.Parsing;
using FlowStream.Schemas;
using FlowStream.Sessions.Table;
using FlowStream.Streams;
using FlowStream.Topology;
using Microsoft.AspNetCore.Http;

namespace FlowStream.Queries.Http;

/// <summary>
/// Answers <c>GET /sessions</c> with a JSON line for each session and a last one that says how whole the answer is, and
/// <c>GET /sessions/summary</c> with one line.
/// </summary>
internal sealed class TableEndpoint
{
    /// <summary>
    /// Longest wait for the first session: a task that is stuck in a commit comes back within this, or its broker is gone.
    /// </summary>
    public static readonly TimeSpan FirstAnswer = TimeSpan.FromSeconds(10);

    // Most time for a whole answer: ten million sessions take a minute.
    private static readonly TimeSpan WholeAnswer = TimeSpan.FromMinutes(10);

    // Some 64 KiB each: what waits for a slow reader is bounded.
    private const int ChunksAhead = 8;

    private readonly IQueryableState _state;
    private readonly TimeProvider _time;

    public TableEndpoint(IQueryableState state, TimeProvider time)
    {
        _state = state;
        _time = time;
    }

    /// <summary>Writes the sessions.</summary>
    public async Task ListAsync(HttpContext context, SessionRequest request)
    {
        using var late = new CancellationTokenSource(FirstAnswer, _time);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, late.Token);
        Channel<byte[]> chunks = Channel.CreateBounded<byte[]>(ChunksAhead);
        var listing = new SessionListing(request, chunks.Writer);
        try
        {
            Task<StateQueryResult> asked = AskAsync(listing, chunks.Writer, giveUp.Token);
            await foreach (byte[] chunk in chunks.Reader.ReadAllAsync(giveUp.Token).ConfigureAwait(false))
            {
                if (!context.Response.HasStarted) late.CancelAfter(WholeAnswer);
                await context.Response.Body.WriteAsync(chunk, giveUp.Token).ConfigureAwait(false);
            }
            StateQueryResult result = await asked.ConfigureAwait(false);
            await WriteLineAsync(context, json => WriteEnd(json, listing, result)).ConfigureAwait(false);
        }
        finally
        {
            // Whatever ended this, the tasks have nothing more to answer.
            await giveUp.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Writes the summary.</summary>
    public async Task SummariseAsync(HttpContext context, SessionRequest request)
    {
        using var late = new CancellationTokenSource(WholeAnswer, _time);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, late.Token);
        var query = new SummaryQuery(request.Filter);
        try
        {
            StateQueryResult result =
                await _state.QueryAsync(FlowStreamTopology.SessionsStage, query, giveUp.Token).ConfigureAwait(false);
            await WriteLineAsync(context, json => WriteSummary(json, query.Total, result)).ConfigureAwait(false);
        }
        finally
        {
            await giveUp.CancelAsync().ConfigureAwait(false);
        }
    }

    private async Task<StateQueryResult> AskAsync(SessionListing listing, ChannelWriter<byte[]> chunks, CancellationToken giveUp)
    {
        try
        {
            return await _state.QueryAsync(FlowStreamTopology.SessionsStage, listing, giveUp).ConfigureAwait(false);
        }
        finally
        {
            chunks.Complete();
        }
    }

    private static void WriteEnd(Utf8JsonWriter json, SessionListing listing, StateQueryResult result)
    {
        json.WriteString("kind"u8, "end"u8);
        json.WriteNumber("sessions"u8, listing.Listed);
        json.WriteBoolean("more"u8, listing.HasMore);
        WriteTasks(json, result);
    }

    private static void WriteSummary(Utf8JsonWriter json, SessionSummary summary, StateQueryResult result)
    {
        json.WriteString("kind"u8, "summary"u8);
        json.WriteNumber("sessions"u8, summary.Count);
        json.WriteStartObject("states"u8);
        foreach (SessionState state in Enum.GetValues<SessionState>())
            if (summary.Of(state) > 0) json.WriteNumber(state.Name(), summary.Of(state));
        json.WriteEndObject();
        json.WriteStartObject("protocols"u8);
        for (int protocol = 0; protocol <= byte.MaxValue; protocol++)
            if (summary.OfProtocol((byte)protocol) is > 0 and long count) json.WriteNumber(ProtocolNames.Name((byte)protocol), count);
        json.WriteEndObject();
        if (summary.OldestStart is { } oldest) RecordJson.WriteTimestamp(json, "oldest_start"u8, oldest);
        WriteTasks(json, result);
    }

    private static void WriteTasks(Utf8JsonWriter json, StateQueryResult result)
    {
        WriteNumbers(json, "partitions", result.Answered);
        WriteNumbers(json, "missed", result.Missed);
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyList<int> numbers)
    {
        json.WriteStartArray(name);
        foreach (int number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static async Task WriteLineAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line, EventJson.WriterOptions))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        line.Write("\n"u8);
        await context.Response.Body.WriteAsync(line.WrittenMemory, context.RequestAborted).ConfigureAwait(false);
    }
}
