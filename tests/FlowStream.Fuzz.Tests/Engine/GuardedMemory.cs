using System.ComponentModel;
using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace FlowStream.Fuzz.Tests.Engine;

/// <summary>
/// Memory between two pages that nobody may read: an input that lies at its end, or its beginning, cannot be read beyond, whatever code
/// does it; the process dies. What lay there is then still in the file behind the memory, from where <see cref="Left"/> takes it. Linux.
/// </summary>
internal sealed unsafe class GuardedMemory : IDisposable
{
    /// <summary>Longest input.</summary>
    public const int MaxBytes = 64 * 1024;

    // mprotect(2).
    private const int NoAccess = 0;
    private const string Extension = ".running";

    private static readonly int Page = Environment.SystemPageSize;

    private readonly string _path;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _memory;

    /// <summary>Makes it.</summary>
    /// <param name="name">What the inputs are for: the name under which they are found again.</param>
    public GuardedMemory(string name)
    {
        string unique = string.Create(CultureInfo.InvariantCulture, $"{name}.{Environment.ProcessId}.{Guid.NewGuid():N}{Extension}");
        _path = Path.Combine(Folder(), unique);
        _file = MemoryMappedFile.CreateFromFile(_path, FileMode.CreateNew, null, (3 * Page) + MaxBytes);
        _view = _file.CreateViewAccessor();
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _memory);
        Protect(Page);
        Protect((2 * Page) + MaxBytes);
    }

    private Span<byte> Room => new(_memory + (2 * Page), MaxBytes);

    /// <summary>A copy of <paramref name="input"/> with nothing that can be read behind it.</summary>
    public ReadOnlySpan<byte> AtEnd(byte[] input) => Lay(input, MaxBytes - input.Length);

    /// <summary>A copy of <paramref name="input"/> with nothing that can be read before it.</summary>
    public ReadOnlySpan<byte> AtBeginning(byte[] input) => Lay(input, 0);

    /// <summary>The inputs of processes that died while they lay in such memory; they are not told of again.</summary>
    public static IEnumerable<byte[]> Left(string name)
    {
        foreach (string path in Directory.GetFiles(Folder(), $"{name}.*{Extension}"))
        {
            if (Directory.Exists($"/proc/{Path.GetFileName(path)[name.Length..].Split('.')[1]}")) continue;
            byte[] bytes = File.ReadAllBytes(path);
            File.Delete(path);
            int start = BitConverter.ToInt32(bytes, 0), length = BitConverter.ToInt32(bytes, sizeof(int));
            if (length > 0) yield return bytes[((2 * Page) + start)..((2 * Page) + start + length)];
        }
    }

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
        File.Delete(_path);
    }

    private static string Folder() => Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "flowstream-fuzz")).FullName;

    private ReadOnlySpan<byte> Lay(byte[] input, int start)
    {
        Span<byte> place = Room.Slice(start, input.Length);
        input.CopyTo(place);
        var header = new Span<int>(_memory, 2);
        header[0] = start;
        header[1] = input.Length;
        return place;
    }

    private void Protect(int offset)
    {
        if (ProtectMemory(_memory + offset, (nuint)Page, NoAccess) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "mprotect failed");
    }

    [DllImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ProtectMemory(void* start, nuint length, int protection);
}
