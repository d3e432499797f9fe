namespace FlowStream.Parsing.Tests;

public sealed class MessageCopyTests
{
    [Fact]
    public void Every_length_is_copied_and_nothing_behind_it()
    {
        for (int length = 0; length <= 300; length++)
        {
            byte[] message = [.. Enumerable.Range(0, length).Select(i => (byte)('a' + (i % 20)))];
            byte[] copy = new byte[length + 70];
            bool mayHoldUnusual = MessageCopy.Copy(message, copy);
            Assert.Equal([.. message, .. new byte[70]], copy);
            if (length >= 64) Assert.False(mayHoldUnusual);
        }
    }

    [Fact]
    public void A_backslash_or_a_byte_outside_ascii_is_found_wherever_it_is()
    {
        for (int length = 1; length <= 200; length++)
        {
            for (int position = 0; position < length; position++)
            {
                foreach (byte unusual in new byte[] { (byte)'\\', 0x80, 0xE2, 0xFF })
                {
                    byte[] message = new byte[length];
                    message[position] = unusual;
                    Assert.True(MessageCopy.Copy(message, new byte[length]));
                }
            }
        }
    }

    [Fact]
    public void No_other_byte_is_taken_for_one()
    {
        for (byte b = 0; b < 0x80; b++)
        {
            byte[] message = [.. Enumerable.Repeat(b, 100)];
            Assert.Equal(b == '\\', MessageCopy.Copy(message, new byte[100]));
        }
    }
}
