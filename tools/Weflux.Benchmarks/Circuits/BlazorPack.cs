using System.Buffers;
using MessagePack;

namespace Weflux.Benchmarks.Circuits;

/// <summary>The framing of Blazor's hub: a length of seven bits a byte, then one MessagePack array.</summary>
internal static class BlazorPack
{
    public const byte Invocation = 1;
    public const byte Completion = 3;
    public const byte Ping = 6;

    /// <summary>An invocation; with an id, its completion is awaited.</summary>
    public static byte[] Invoke(string target, string? id, Action<ArrayArguments> arguments, int count)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(6);
        writer.Write(Invocation);
        writer.WriteMapHeader(0);
        writer.Write(id);
        writer.Write(target);
        writer.WriteArrayHeader(count);
        writer.Flush();
        arguments(new ArrayArguments(buffer));
        writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(0);
        writer.Flush();
        return Frame(buffer.WrittenSpan);
    }

    public static byte[] PingFrame()
    {
        var buffer = new ArrayBufferWriter<byte>(4);
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(1);
        writer.Write(Ping);
        writer.Flush();
        return Frame(buffer.WrittenSpan);
    }

    /// <summary>Takes one frame from the front, if it is whole.</summary>
    public static bool TryTake(ref ReadOnlyMemory<byte> bytes, out ReadOnlyMemory<byte> message)
    {
        var (length, at, shift) = (0, 0, 0);
        message = default;
        var span = bytes.Span;
        while (true)
        {
            if (at >= span.Length)
            {
                return false;
            }

            var part = span[at++];
            length |= (part & 0x7f) << shift;
            shift += 7;
            if ((part & 0x80) == 0)
            {
                break;
            }
        }

        if (span.Length < at + length)
        {
            return false;
        }

        message = bytes.Slice(at, length);
        bytes = bytes[(at + length)..];
        return true;
    }

    private static byte[] Frame(ReadOnlySpan<byte> message)
    {
        var head = new List<byte>(5);
        var length = (uint)message.Length;
        do
        {
            var part = (byte)(length & 0x7f);
            length >>= 7;
            head.Add(length > 0 ? (byte)(part | 0x80) : part);
        }
        while (length > 0);
        return [.. head, .. message];
    }

    /// <summary>Writes the arguments of an invocation.</summary>
    internal readonly struct ArrayArguments(ArrayBufferWriter<byte> buffer)
    {
        public ArrayArguments Text(string? value)
        {
            var writer = new MessagePackWriter(buffer);
            writer.Write(value);
            writer.Flush();
            return this;
        }

        public ArrayArguments Number(long value)
        {
            var writer = new MessagePackWriter(buffer);
            writer.Write(value);
            writer.Flush();
            return this;
        }

        public ArrayArguments Flag(bool value)
        {
            var writer = new MessagePackWriter(buffer);
            writer.Write(value);
            writer.Flush();
            return this;
        }
    }
}
