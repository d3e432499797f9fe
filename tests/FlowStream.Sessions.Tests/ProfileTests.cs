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

    [Theory]
    [InlineData(16)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    public void A_text_longer_than_the_limit_is_cut_whatever_stands_beside_it(int limit)
    {
        for (int length = limit - 1; length <= limit + 2; length++)
        {
            foreach (int beside in (int[])[3, 60])
            {
                var close = new Message(EventTag.RtFlowSessionClose, JoinDriver.Epoch)
                {
                    Application = new string('a', length), Username = new string('u', length), Nested = new string('n', beside),
                    Reason = "TCP FIN",
                };
                var driver = new JoinDriver(new SessionOptions { MaxTextBytes = limit });
                RecordedSession record = Assert.Single(driver.Send(close).End().Output.Sessions);
                int kept = Math.Min(length, limit);
                Assert.Equal((new string('a', kept), new string('u', kept)), (record["application"], record["username"]));
                Assert.Equal((length > limit ? 2 : 0) + (beside > limit ? 1 : 0), driver.Join.Counters.TextsCut);
            }
        }
    }

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
