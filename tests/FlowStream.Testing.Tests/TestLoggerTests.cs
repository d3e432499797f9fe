using Microsoft.Extensions.Logging;

namespace FlowStream.Testing.Tests;

public sealed class TestLoggerTests
{
    [Fact]
    public void Every_line_is_kept_with_its_level_category_and_filled_in_text()
    {
        using var factory = new TestLoggerFactory();
        factory.CreateLogger("first").LogWarning(new EventId(7), "{Count} lines cut", 3);
        factory.CreateLogger<TestLoggerTests>().LogTrace("quiet");
        Assert.Equal(
            [
                new LogLine("first", LogLevel.Warning, new EventId(7), "3 lines cut", null),
                new LogLine(typeof(TestLoggerTests).FullName!, LogLevel.Trace, default, "quiet", null),
            ],
            factory.Lines);
    }

    [Fact]
    public void A_logger_on_its_own_keeps_the_exception()
    {
        var logger = new TestLogger();
        var cause = new InvalidOperationException("why");
        logger.LogError(cause, "failed");
        Assert.Same(cause, Assert.Single(logger.Lines).Exception);
    }
}
