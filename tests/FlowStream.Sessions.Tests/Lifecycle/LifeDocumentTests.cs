using System.Globalization;
using System.Text;
using FlowStream.Sessions.Lifecycle;
using FlowStream.Testing;

namespace FlowStream.Sessions.Tests.Lifecycle;

public sealed class LifeDocumentTests
{
    private const string Page = "docs/sessions.md";

    private static readonly (LifeEvent Event, string Words)[] Events =
    [
        (LifeEvent.Message, "a message, and none so far is an end"),
        (LifeEvent.End, "a message, and it or one before is an end"),
        (LifeEvent.Successor, "a later session in the chain, or one that continues it"),
        (LifeEvent.Timer, "the timer is due"),
        (LifeEvent.Eviction, "the oldest of more than `MaxInstances`"),
    ];

    private static readonly (LifeEffects Effect, string Words)[] Effects =
    [
        (LifeEffects.Open, "count as opened"),
        (LifeEffects.ArmIdle, "timer = last message + idle time"),
        (LifeEffects.ArmSettle, "timer = now + settle time"),
        (LifeEffects.Finish, "revision 0, count as closed"),
        (LifeEffects.ArmRemember, "timer = now + time remembered"),
        (LifeEffects.Revise, "a revision when the record has changed"),
        (LifeEffects.Forget, "forget"),
    ];

    [Fact]
    public void The_table_of_states_is_current()
    {
        var page = new StringBuilder("| state | what happens | next state | what is done |\n|---|---|---|---|\n");
        foreach (LifeStep step in Lives.Steps)
        {
            string done = string.Join("; ", Effects.Where(e => step.Has(e.Effect)).Select(e => e.Words));
            string happens = Events.Single(e => e.Event == step.Event).Words;
            page.Append(CultureInfo.InvariantCulture, $"| {step.State} | {happens} | {step.Next} | {(done.Length == 0 ? "-" : done)} |\n");
        }
        GeneratedDocument.CheckPart(Page, "states", page.ToString());
    }

    [Fact]
    public void The_words_of_the_devices_are_current()
    {
        var page = new StringBuilder("| state | PAN-OS session state | Junos |\n|---|---|---|\n");
        foreach (LifeStateRow row in Lives.States)
            page.Append(CultureInfo.InvariantCulture, $"| {row.State} | {row.Panos} | {row.Junos} |\n");
        GeneratedDocument.CheckPart(Page, "words", page.ToString());
    }

    [Fact]
    public void The_table_of_idle_times_is_current()
    {
        var page = new StringBuilder("| session | held without a packet | until an update says so | idle time |\n|---|---|---|---|\n");
        foreach (IdleTimeRow row in IdleTimes.Standard)
        {
            string[] cells = [row.Name, .. ((TimeSpan[])[row.DeviceTimeout, row.UpdateInterval, row.IdleTime(new SessionOptions().MaxSkew)])
                .Select(time => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min"))];
            page.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        }
        GeneratedDocument.CheckPart(Page, "idle", page.ToString());
    }

    [Fact]
    public void Every_state_has_its_words_and_every_effect_and_event_stands_in_the_table()
    {
        Assert.Equal(Enum.GetValues<LifeState>().Order(), Lives.States.Select(row => row.State).Order());
        Assert.All(Enum.GetValues<LifeEvent>(), happened => Assert.Contains(Lives.Steps, step => step.Event == happened));
        Assert.All(Effects, effect => Assert.Contains(Lives.Steps, step => step.Has(effect.Effect)));
        string panos = string.Join(' ', Lives.States.Select(row => row.Panos));
        Assert.All(
            (string[])["INIT", "OPENING", "ACTIVE", "DISCARD", "CLOSING", "CLOSED", "FREE"],
            state => Assert.Contains(state, panos, StringComparison.Ordinal));
    }
}
