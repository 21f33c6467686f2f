using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Weflux.Web.Api.Events;

/// <summary>
/// What is kept of an event for one address: what the address may have of it now, and what it may have once somebody has it told
/// less. So nothing leaves any more that was switched off meanwhile, however late it is sent; and nothing is kept that the address
/// might not have when it happened.
/// </summary>
/// <remarks>Parts, one after another: for which choices (a bit for each), how long, and what is sent.</remarks>
internal static class EventBodies
{
    private const int Head = 1 + sizeof(int);
    private const int Choices = 4;

    /// <summary>Everything that the address may be told of an event from now on.</summary>
    public static byte[] Write(OutgoingEvent told, EventEndpoint endpoint)
    {
        var parts = new List<(int For, byte[] Body)>();
        for (var choice = 0; choice < Choices; choice++)
        {
            var (hasNumbers, hasText) = ((choice & 1) != 0, (choice & 2) != 0);
            if ((hasNumbers && !endpoint.HasNumbers) || (hasText && !endpoint.HasText))
            {
                continue;
            }

            // Most events say the same with fewer words, and are kept once.
            var body = told.Body(hasNumbers, hasText);
            var same = parts.FindIndex(p => p.Body.AsSpan().SequenceEqual(body));
            if (same < 0)
            {
                parts.Add((Bit(hasNumbers, hasText), body));
            }
            else
            {
                parts[same] = (parts[same].For | Bit(hasNumbers, hasText), parts[same].Body);
            }
        }

        var kept = new byte[parts.Sum(p => Head + p.Body.Length)];
        var rest = kept.AsSpan();
        foreach (var (choices, body) in parts)
        {
            rest[0] = (byte)choices;
            BinaryPrimitives.WriteInt32LittleEndian(rest[1..], body.Length);
            body.CopyTo(rest[Head..]);
            rest = rest[(Head + body.Length)..];
        }

        return kept;
    }

    /// <summary>What is sent to the address as it is set now.</summary>
    /// <param name="kept">What was kept.</param>
    /// <param name="hasNumbers">Whether it gets phone numbers in full now.</param>
    /// <param name="hasText">Whether it gets what people wrote now.</param>
    /// <param name="body">
    /// What is sent. What it might not have when the event happened is not in it, even if it may have it now: that was not kept.
    /// </param>
    /// <returns>False if what was kept is nothing of the kind.</returns>
    public static bool TryRead(ReadOnlySpan<byte> kept, bool hasNumbers, bool hasText, [NotNullWhen(true)] out byte[]? body) =>
        Find(kept, Bit(hasNumbers, hasText), out body)
        || Find(kept, Bit(hasNumbers: false, hasText), out body)
        || Find(kept, Bit(hasNumbers, hasText: false), out body)
        || Find(kept, Bit(hasNumbers: false, hasText: false), out body);

    private static bool Find(ReadOnlySpan<byte> kept, int wanted, [NotNullWhen(true)] out byte[]? body)
    {
        for (var rest = kept; rest.Length > Head;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(rest[1..]);
            if ((rest[0] >> Choices) != 0 || length < 0 || length > rest.Length - Head)
            {
                break;
            }

            if ((rest[0] & wanted) != 0)
            {
                body = rest.Slice(Head, length).ToArray();
                return true;
            }

            rest = rest[(Head + length)..];
        }

        body = null;
        return false;
    }

    private static int Bit(bool hasNumbers, bool hasText) => 1 << ((hasNumbers ? 1 : 0) | (hasText ? 2 : 0));
}
