using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace FlowStream.Sessions.State;

/// <summary>
/// SHA-256 of a few bytes, by the functions of OpenSSL that do nothing else. The framework's way to the same block function looks the
/// digest up, takes locks and clears errors for each hash, which takes several times as long as the hash. Where OpenSSL 3 is not, the
/// framework is asked.
/// </summary>
internal static unsafe partial class Sha256
{
    private const string OpenSsl = "libcrypto.so.3";

    // SHA256_CTX of openssl/sha.h, in words of 32 bits.
    private const int ContextWords = 28;

    private const int Done = 1;

    private static readonly bool HasOpenSsl =
        NativeLibrary.TryLoad(OpenSsl, out nint library) && NativeLibrary.TryGetExport(library, "SHA256_Final", out _);

    /// <summary>Hashes <paramref name="data"/>.</summary>
    /// <param name="data">Not much: the collector waits for the hash to be made.</param>
    /// <param name="digest">At least <see cref="SHA256.HashSizeInBytes"/> long.</param>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> digest)
    {
        digest = digest[..SHA256.HashSizeInBytes];
        if (!HasOpenSsl || !TryHash(data, digest)) SHA256.HashData(data, digest);
    }

    private static bool TryHash(ReadOnlySpan<byte> data, Span<byte> digest)
    {
        uint* context = stackalloc uint[ContextWords];
        fixed (byte* source = data, target = digest)
        {
            return Begin(context) == Done && Append(context, source, (nuint)data.Length) == Done && End(target, context) == Done;
        }
    }

    [LibraryImport(OpenSsl, EntryPoint = "SHA256_Init")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [SuppressGCTransition]
    private static partial int Begin(uint* context);

    [LibraryImport(OpenSsl, EntryPoint = "SHA256_Update")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [SuppressGCTransition]
    private static partial int Append(uint* context, byte* data, nuint length);

    [LibraryImport(OpenSsl, EntryPoint = "SHA256_Final")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [SuppressGCTransition]
    private static partial int End(byte* digest, uint* context);
}
