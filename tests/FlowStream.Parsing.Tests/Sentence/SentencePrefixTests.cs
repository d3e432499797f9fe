using System.Text;
using FlowStream.Parsing.Junos;

namespace FlowStream.Parsing.Tests.Sentence;

/// <summary>What messages of logical systems and service sets print between the tag and the sentence.</summary>
public sealed class SentencePrefixTests
{
    private const string Sentence = "session created 192.0.2.3/1->198.51.100.1/80 None 192.0.2.3/1->198.51.100.1/80 None None 6 p a b 7";

    [Theory]
    [InlineData("RT_FLOW_SESSION_CREATE_LS", "", null)]
    [InlineData("RT_FLOW_SESSION_CREATE_LS", "Lsys LSYS1: ", "LSYS1")]
    [InlineData("RT_FLOW_SESSION_CREATE_LS", "lsys LSYS1: ", "LSYS1")]
    [InlineData("RT_FLOW_SESSION_CREATE_LS", "LSYS1: ", null)]
    [InlineData("RT_FLOW_SESSION_CREATE_LS", "logical system LSYS1 session ", null)]
    public void The_name_of_a_logical_system_is_kept_where_it_is_certain(string tag, string prefix, string? name)
    {
        (Refusal refusal, SortedDictionary<string, string> fields) = Read(tag, prefix + Sentence);
        Assert.True(refusal.Accepted, refusal.ToString());
        Assert.Equal(name, fields.GetValueOrDefault("logical_system"));
        Assert.Equal("7", fields["session_id"]);
    }

    [Fact]
    public void Prefix_and_service_set_of_a_services_card_are_kept()
    {
        (Refusal refusal, SortedDictionary<string, string> fields) =
            Read("RT_FLOW_SESSION_CREATE_USF", "Prefix SYS 1 svc-set-name SSET3: " + Sentence);
        Assert.True(refusal.Accepted, refusal.ToString());
        Assert.Equal(("SYS 1", "SSET3"), (fields["+prefix"], fields["+service-set-name"]));
    }

    [Fact]
    public void Other_messages_have_no_text_before_the_sentence()
    {
        (Refusal refusal, _) = Read("RT_FLOW_SESSION_CREATE", "Lsys LSYS1: " + Sentence);
        Assert.Equal(new Refusal(RefusalReason.MalformedSentence, "RT_FLOW_SESSION_CREATE: ".Length), refusal);
    }

    // Past the header, for which tags there are is not this class's concern.
    private static (Refusal Refusal, SortedDictionary<string, string> Fields) Read(string tag, string text)
    {
        var sessionEvent = new SessionEvent();
        sessionEvent.Load(Encoding.ASCII.GetBytes($"{tag}: {text}"));
        sessionEvent.Tag = EventTag.RtFlowSessionCreate;
        return (SentenceFields.Read(sessionEvent, new TextSlice(0, tag.Length), tag.Length + 1), EventFields.Of(sessionEvent));
    }
}
