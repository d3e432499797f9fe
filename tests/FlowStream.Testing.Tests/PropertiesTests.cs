using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace FlowStream.Testing.Tests;

[Collection(SeedVariableCollection.Name)]
public sealed class PropertiesTests
{
    [Fact]
    public void A_true_claim_is_tried_on_as_many_inputs_as_asked()
    {
        int tried = 0;
        Properties.Check<int>(_ => tried++, count: 37);
        Assert.Equal(37, tried);
    }

    [Fact]
    public void A_false_claim_fails_with_its_name_and_a_seed()
    {
        var failure = Assert.Throws<PropertyFailedException>(() => Properties.Check<int>(number => Assert.True(number < 7), name: "small"));
        Assert.StartsWith("small failed; repeat with FLOWSTREAM_SEED=", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failing_input_is_shrunk_to_the_smallest()
    {
        // None of them is the smallest already: FsCheck says nothing of shrinking when there was none.
        Arbitrary<int> numbers = Arb.From(Gen.Choose(100, 1000), ArbMap.Default.ArbFor<int>().Shrinker);
        var failure = Assert.Throws<PropertyFailedException>(() => Properties.Check(numbers, number => Assert.True(number < 7)));
        Assert.Matches(@"Shrunk:\s+7\s", failure.Message);
    }

    [Fact]
    public void The_seed_of_a_failure_repeats_its_inputs()
    {
        Gen<int> numbers = Gen.Choose(0, int.MaxValue);
        var first = new List<int>();
        var failure = Assert.Throws<PropertyFailedException>(() => Properties.Check(numbers, Record(first)));
        string seed = failure.Message.Split('=')[1].Split('\n')[0];

        var second = new List<int>();
        WithVariable(seed, () => Assert.Throws<PropertyFailedException>(() => Properties.Check(numbers, Record(second))));

        Assert.True(first.Count > 1);
        Assert.Equal(first, second);

        static Action<int> Record(List<int> seen) => number =>
        {
            seen.Add(number);
            Assert.True(seen.Count < 20);
        };
    }

    [Fact]
    public void Two_runs_without_a_named_seed_draw_different_ones() =>
        WithVariable(null, () => Assert.NotEqual(Properties.Seed(), Properties.Seed()));

    [Fact]
    public void A_soak_runs_a_seeded_body_again_and_again_with_new_seeds() => WithRounds("3", () =>
    {
        var seeds = new HashSet<ulong>();
        WithVariable(null, () => Properties.WithSeed(seed => seeds.Add(seed)));
        Assert.Equal(3, seeds.Count);
    });

    [Fact]
    public void A_named_seed_is_run_once_also_in_a_soak() => WithRounds("3", () =>
    {
        int runs = 0;
        WithVariable("7", () => Properties.WithSeed(_ => runs++));
        Assert.Equal(1, runs);
    });

    [Fact]
    public void A_seeded_body_gets_the_named_seed()
    {
        ulong got = 0;
        WithVariable("42", () => Properties.WithSeed(seed => got = seed));
        Assert.Equal(42UL, got);
    }

    [Fact]
    public void A_seed_that_is_no_number_is_refused() =>
        WithVariable("soon", () => Assert.Throws<FormatException>(() => Properties.Seed()));

    [Fact]
    public void A_soak_of_no_rounds_is_refused() => WithRounds("0", () => WithVariable(
        null, () => Assert.Throws<FormatException>(() => Properties.WithSeed(_ => Assert.Fail("It ran.")))));

    private static void WithVariable(string? seed, Action body) => With(Properties.SeedVariable, seed, body);

    private static void WithRounds(string rounds, Action body) => With(Properties.RoundsVariable, rounds, body);

    private static void With(string variable, string? value, Action body)
    {
        string? before = Environment.GetEnvironmentVariable(variable);
        try
        {
            Environment.SetEnvironmentVariable(variable, value);
            body();
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, before);
        }
    }
}
