using Microsoft.Extensions.Configuration;

namespace FlowStream.Cli.Settings;

/// <summary>Reads the settings from <c>appsettings.json</c> in the working directory and, above it, from the environment.</summary>
internal static class SettingsReader
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "appsettings.json";

    /// <summary>Beginning of every environment variable that is a setting.</summary>
    public const string EnvironmentPrefix = "FLOWSTREAM__";

    /// <summary>Reads them.</summary>
    /// <exception cref="CommandFailedException">A key is unknown, a value cannot be read, or the file is no JSON.</exception>
    public static FlowStreamSettings Read()
    {
        try
        {
            IConfigurationRoot root = new ConfigurationBuilder()
                .AddJsonFile(Path.Combine(Environment.CurrentDirectory, FileName), optional: true)
                .AddEnvironmentVariables(EnvironmentPrefix)
                .Build();
            return root.Get<FlowStreamSettings>(options => options.ErrorOnUnknownConfiguration = true) ?? new FlowStreamSettings();
        }
        catch (InvalidOperationException failure)
        {
            throw new CommandFailedException($"settings: {failure.Message}", failure);
        }
        catch (InvalidDataException failure)
        {
            throw new CommandFailedException($"settings: {failure.InnerException?.Message ?? failure.Message}", failure);
        }
    }
}
