using Confluent.Kafka;

namespace FlowStream.Cli;

/// <summary>Turns what the Kafka client throws into the line that the user reads.</summary>
internal static class KafkaCalls
{
    /// <summary>Runs a call that needs the broker.</summary>
    /// <exception cref="CommandFailedException">The broker cannot be reached, or refuses.</exception>
    public static async Task RunAsync(string bootstrap, Func<Task> call)
    {
        try
        {
            await Task.Run(call).ConfigureAwait(false);
        }
        catch (KafkaException failure)
        {
            throw Unreachable(bootstrap, failure);
        }
    }

    /// <summary>Runs a call that needs the broker.</summary>
    /// <exception cref="CommandFailedException">The broker cannot be reached, or refuses.</exception>
    public static T Run<T>(string bootstrap, Func<T> call)
    {
        try
        {
            return call();
        }
        catch (KafkaException failure)
        {
            throw Unreachable(bootstrap, failure);
        }
    }

    /// <summary>Makes a client.</summary>
    /// <exception cref="CommandFailedException">A property is unknown or has a bad value.</exception>
    public static T Configure<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException)
        {
            throw new CommandFailedException($"settings: Kafka:Client: {failure.Message}", failure);
        }
    }

    private static CommandFailedException Unreachable(string bootstrap, KafkaException failure) =>
        new($"Kafka at {bootstrap}: {failure.Error.Reason} Is the broker running, and the address right?", failure);
}
