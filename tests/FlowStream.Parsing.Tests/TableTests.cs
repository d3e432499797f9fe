using System.Text;
using FlowStream.Parsing.Junos;

namespace FlowStream.Parsing.Tests;

public sealed class TableTests
{
    [Fact]
    public void A_table_finds_each_of_its_names_and_no_other()
    {
        string[] names = [.. Enumerable.Range(0, 300).Select(i => $"{new string('x', i % 40)}name{i}")];
        var table = new NameTable([.. names.Select(Encoding.ASCII.GetBytes)]);
        for (int i = 0; i < names.Length; i++)
        {
            byte[] name = Encoding.ASCII.GetBytes(names[i]);
            Assert.Equal(i, table.Find(name));
            for (int b = 0; b < name.Length; b++)
            {
                name[b] ^= 0x80;
                Assert.Equal(-1, table.Find(name));
                name[b] ^= 0x80;
            }
        }
    }

    [Fact]
    public void A_table_tells_names_of_one_to_three_bytes_apart()
    {
        string[] names = [.. from a in "abc" from rest in new[] { "", "a", "b", "aa", "ab", "ba", "bb", "aaa", "abaa" } select a + rest];
        var table = new NameTable([.. names.Select(Encoding.ASCII.GetBytes)]);
        Assert.All(names, (name, i) => Assert.Equal(i, table.Find(Encoding.ASCII.GetBytes(name))));
        string[] others = ["d", "ac", "abc", "cac", "\0", "a\0", "aa\0"];
        Assert.All(others, name => Assert.Equal(-1, table.Find(Encoding.ASCII.GetBytes(name))));
    }

    [Fact]
    public void Names_that_cannot_be_told_apart_or_are_empty_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new NameTable(["same"u8.ToArray(), "same"u8.ToArray()]));
        Assert.Throws<ArgumentException>(() => new NameTable(["abc"u8.ToArray(), "abc"u8.ToArray()]));
        Assert.Throws<ArgumentException>(() => new NameTable([[]]));
        Assert.Equal(-1, new NameTable(["abcd"u8.ToArray()]).Find("abc"u8));
        Assert.Equal(-1, new NameTable(["abcd"u8.ToArray()]).Find([]));
    }

    [Fact]
    public void Every_field_has_one_definition_whose_keys_lead_to_it()
    {
        foreach (Field field in Enum.GetValues<Field>())
        {
            FieldDefinition definition = FieldTable.Definition(field);
            Assert.Equal(field, definition.Field);
            Assert.All(definition.Keys, (key, rank) =>
            {
                FieldRule rule = FieldTable.Rules[FieldTable.Keys.Find(Encoding.ASCII.GetBytes(key.Name))];
                Assert.Equal(new FieldRule(field, definition.Kind, definition.Absent, (byte)rank), rule);
            });
        }
    }

    [Fact]
    public void Every_tag_is_found_by_its_name()
    {
        EventTag[] others = [EventTag.None, EventTag.PanosTraffic, EventTag.LastMessageRepeated];
        foreach (EventTag tag in Enum.GetValues<EventTag>().Except(others))
            Assert.Equal(tag, TagTable.Find(Encoding.ASCII.GetBytes(TagTable.Name(tag)))?.Definition.Tag);
        Assert.Throws<ArgumentOutOfRangeException>(() => TagTable.Name(EventTag.None));
    }

    [Fact]
    public void Every_key_without_a_field_has_a_bit_and_is_found() => Assert.All(JunosExtras.Keys, (key, i) =>
    {
        Assert.InRange(i, 0, (JunosExtras.SeenWords * 64) - 1);
        Assert.Equal(FieldTable.Rules.Length + i, FieldTable.Keys.Find(Encoding.ASCII.GetBytes(key.Name)));
    });

    [Theory]
    [InlineData("RT_FLOW_SESSION_CLOSE_LS", EventTag.RtFlowSessionClose, TagVariant.LogicalSystem)]
    [InlineData("RT_FLOW_SESSION_CREATE_USF", EventTag.RtFlowSessionCreate, TagVariant.Services)]
    [InlineData("APPTRACK_SESSION_APP_UPDATE_LS", EventTag.AppTrackSessionAppUpdate, TagVariant.LogicalSystem)]
    public void The_forms_of_a_tag_are_one_tag(string name, EventTag tag, TagVariant variant)
    {
        TagName? found = TagTable.Find(Encoding.ASCII.GetBytes(name));
        Assert.Equal((tag, variant), (found!.Definition.Tag, found.Variant));
        Assert.Equal(name, tag.Name(variant));
    }
}
