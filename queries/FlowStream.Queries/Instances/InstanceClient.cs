using System.Net;
using System.Text.Json;

namespace FlowStream.Queries.Instances;

/// <summary>Asks one instance.</summary>
public sealed class InstanceClient : IDisposable
{
    // A machine that is gone does not answer at all; one that is there does at once.
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    // Beyond the time after which an instance itself says that it is late.
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(20);

    private const int MaxErrorBytes = 4096;

    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = ConnectTimeout, UseProxy = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Asks, and hands every line of the answer on.</summary>
    /// <param name="address">Where it answers.</param>
    /// <param name="pathAndQuery">What is asked, from the slash on.</param>
    /// <param name="take">Takes a line, which is valid during the call only.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="InstanceFailedException">It cannot be reached, refuses, or stops in the middle.</exception>
    public async Task ReadAsync(Uri address, string pathAndQuery, Action<JsonElement> take, CancellationToken cancellation)
    {
        try
        {
            using HttpResponseMessage answer = await BeginAsync(new Uri(address, pathAndQuery), cancellation).ConfigureAwait(false);
            using Stream body = await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            if (answer.StatusCode != HttpStatusCode.OK) throw new InstanceFailedException(await ErrorAsync(body).ConfigureAwait(false));
            await foreach (JsonElement line in JsonLines.ReadAsync(body, cancellation).ConfigureAwait(false)) take(line);
        }
        catch (Exception failure) when (
            failure is HttpRequestException or IOException or JsonException or InvalidDataException or KeyNotFoundException
                or InvalidOperationException or FormatException or OverflowException)
        {
            throw new InstanceFailedException(failure.Message, failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> BeginAsync(Uri what, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(AnswerTimeout);
        try
        {
            return await _http.GetAsync(what, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            throw new InstanceFailedException($"no answer within {AnswerTimeout.TotalSeconds:0} s", late);
        }
    }

    private static async Task<string> ErrorAsync(Stream body)
    {
        var text = new byte[MaxErrorBytes];
        int length = await body.ReadAtLeastAsync(text, MaxErrorBytes, throwOnEndOfStream: false).ConfigureAwait(false);
        using JsonDocument error = JsonDocument.Parse(text.AsMemory(0, length));
        return error.RootElement.GetProperty("error").GetString() ?? "";
    }
}
