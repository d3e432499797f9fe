using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FlowStream.Fuzz.Tests.Engine;
using Microsoft.Win32.SafeHandles;

namespace FlowStream.Fuzz.Tests;

/// <summary>The memory that inputs lie in ends where they do.</summary>
public sealed class GuardedMemoryTests : IDisposable
{
    private const string Name = "planted-guard";

    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(GuardedMemory.MaxBytes)]
    public void The_byte_after_an_input_at_the_end_and_the_byte_before_one_at_the_beginning_cannot_be_read(int length)
    {
        using var memory = new GuardedMemory(Name);
        byte[] input = [.. Enumerable.Range(0, length).Select(i => (byte)i)];
        ReadOnlySpan<byte> atEnd = memory.AtEnd(input);
        Assert.Equal(input, atEnd);
        Assert.True(CanRead(atEnd, length - 1));
        Assert.False(CanRead(atEnd, length));
        ReadOnlySpan<byte> atBeginning = memory.AtBeginning(input);
        Assert.Equal(input, atBeginning);
        Assert.True(CanRead(atBeginning, 0));
        Assert.False(CanRead(atBeginning, -1));
    }

    [Fact]
    public void What_a_process_read_when_it_died_is_found_once()
    {
        byte[] input = [1, 2, 3];
        string[] running;
        using (var memory = new GuardedMemory("planted-dead"))
        {
            memory.AtEnd(input);
            running = Directory.GetFiles(Path.Combine(Path.GetTempPath(), "flowstream-fuzz"), $"planted-dead.{Environment.ProcessId}.*");
            // No process has the number 0.
            foreach (string path in running) File.Copy(path, path.Replace($".{Environment.ProcessId}.", ".0.", StringComparison.Ordinal));
        }
        Assert.Single(running);
        Assert.Equal(input, Assert.Single(GuardedMemory.Left("planted-dead")));
        Assert.Empty(GuardedMemory.Left("planted-dead"));
    }

    // The kernel reads for us, and says so where it may not.
    private bool CanRead(ReadOnlySpan<byte> bytes, int index)
    {
        ReadOnlySpan<byte> one = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), index), 1);
        using SafeFileHandle file = File.OpenHandle(_path, FileMode.Open, FileAccess.Write);
        try
        {
            RandomAccess.Write(file, one, 0);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
