using FlowStream.Parsing;
using FlowStream.Sessions.State;

namespace FlowStream.Sessions.Tests;

public sealed class ProfileTests
{
    // Saved rows hold profiles: another order would read old rows wrongly.
    [Fact]
    public void The_fields_of_a_profile_keep_their_places() => Assert.Equal(
        [
            Field.NestedApplication, Field.Application, Field.ServiceName, Field.Category, Field.SubCategory, Field.Encrypted,
            Field.PolicyName, Field.SourceZoneName, Field.DestinationZoneName, Field.PacketIncomingInterface,
            Field.DestinationInterfaceName, Field.RoutingInstance, Field.SourceNatRuleName, Field.DestinationNatRuleName,
            Field.Username, Field.Roles, Field.DeviceSerial,
        ],
        Profile.Fields);

    [Fact]
    public void A_text_of_any_length_is_read_back_from_its_record()
    {
        for (int length = 1; length <= 80; length++)
        {
            string application = new('a', length), user = new('u', 81 - length);
            var close = new Message(EventTag.RtFlowSessionClose, JoinDriver.Epoch)
            {
                Application = application, Nested = "WEB", Username = user, Reason = "TCP FIN",
            };
            RecordedSession record = Assert.Single(new JoinDriver().Send(close).End().Output.Sessions);
            Assert.Equal((application, "WEB", user), (record["application"], record["nested_application"], record["username"]));
        }
    }
}
