namespace FlowStream.Testing.Tests;

public sealed class EventuallyTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void What_holds_already_takes_no_time() =>
        Assert.True(Eventually.HoldsAsync(() => true, "nothing", clock: _clock).IsCompletedSuccessfully);

    [Fact]
    public async Task It_looks_again_until_it_holds()
    {
        int looks = 0;
        Task waiting = Eventually.HoldsAsync(() => ++looks == 3, "the third look", clock: _clock);
        while (looks < 3)
        {
            Assert.False(waiting.IsCompleted);
            _clock.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Yield();
        }

        await waiting;
    }

    [Fact]
    public async Task What_never_holds_fails_by_its_name_after_the_limit()
    {
        Task waiting = Eventually.HoldsAsync(() => false, "a miracle", TimeSpan.FromSeconds(2), _clock);
        while (!waiting.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Yield();
        }

        TimeoutException failure = await Assert.ThrowsAsync<TimeoutException>(() => waiting);
        Assert.Equal("waited 2 s in vain for: a miracle", failure.Message);
    }
}
