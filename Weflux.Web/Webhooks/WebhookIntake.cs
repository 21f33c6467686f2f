using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Weflux.Web.Webhooks;

/// <summary>What becomes of a POST.</summary>
public enum IntakeOutcome
{
    /// <summary>Stored for good.</summary>
    Stored,

    /// <summary>No app has this key.</summary>
    UnknownApp,

    /// <summary>Not signed with the app's secret: nothing is stored.</summary>
    BadSignature,

    /// <summary>Larger than the platform ever sends.</summary>
    TooLarge,

    /// <summary>Not stored; the platform must send it again.</summary>
    Unavailable,
}

/// <summary>Takes in a webhook POST: raw bytes, signature, journal. Nothing is parsed before it is stored.</summary>
public sealed partial class WebhookIntake(
    MetaAppCatalog apps, WebhookJournal journal, SignatureTally tally, TimeProvider time, ILogger<WebhookIntake> logger)
{
    /// <summary>The platform's limit of 3 MB and some slack.</summary>
    public const int MaxBodyBytes = (3 * 1024 * 1024) + (256 * 1024);

    /// <summary>
    /// How many bytes of large bodies are held at once. More are not taken in, and the platform sends them again. What
    /// is small always gets in: nobody may shut out everyday messages by holding large bodies open.
    /// </summary>
    internal const long MostHeldBytes = 96 * 1024 * 1024;
    private const int Large = 256 * 1024;

    private long _held;

    public async Task<IntakeOutcome> ReceiveAsync(
        string appKey, Stream body, long? contentLength, string? signature, CancellationToken cancellationToken)
    {
        if (contentLength > MaxBodyBytes)
        {
            return IntakeOutcome.TooLarge;
        }

        // Without a length it may become the longest.
        var held = contentLength is < Large ? 0 : contentLength ?? MaxBodyBytes;
        if (Interlocked.Add(ref _held, held) > MostHeldBytes && held > 0)
        {
            Interlocked.Add(ref _held, -held);
            TooMuchAtOnce();
            return IntakeOutcome.Unavailable;
        }

        try
        {
            return await TakeInAsync(appKey, body, contentLength, signature, cancellationToken);
        }
        finally
        {
            Interlocked.Add(ref _held, -held);
        }
    }

    /// <summary>Whether the platform's GET proves that it knows the verify token; null if no app has this key.</summary>
    public async Task<bool?> VerifyAsync(string appKey, string? mode, string? token, CancellationToken cancellationToken)
    {
        if (await apps.FindAsync(appKey, cancellationToken) is not { } app)
        {
            return null;
        }

        var isTheirs = string.Equals(mode, "subscribe", StringComparison.Ordinal)
            && token is not null
            && CryptographicOperations.FixedTimeEquals(
                SHA256.HashData(Encoding.UTF8.GetBytes(token)), SHA256.HashData(app.VerifyToken));
        tally.Note(app, isTheirs ? Signature.Verified : Signature.Misverified);
        return isTheirs;
    }

    /// <summary>Which of the app's secrets signed these bytes.</summary>
    private Signature SignatureOf(KnownMetaApp app, ReadOnlySpan<byte> body, string? header) =>
        WebhookSignature.IsValid(body, app.AppSecret, header) ? Signature.Good
        : app.OldSecret is { } old && time.GetUtcNow() < app.OldSecretUntil && WebhookSignature.IsValid(body, old, header) ? Signature.Old
        : Signature.Bad;

    private async Task<IntakeOutcome> TakeInAsync(
        string appKey, Stream body, long? contentLength, string? signature, CancellationToken cancellationToken)
    {
        try
        {
            if (await apps.FindAsync(appKey, cancellationToken) is not { } app)
            {
                return IntakeOutcome.UnknownApp;
            }

            // One byte more than announced, so that the end is seen without growing.
            var buffer = ArrayPool<byte>.Shared.Rent((int)(contentLength ?? (16 * 1024)) + 1);
            var length = 0;
            try
            {
                while (await body.ReadAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var read)
                {
                    length += read;
                    if (length > MaxBodyBytes)
                    {
                        return IntakeOutcome.TooLarge;
                    }

                    if (length == buffer.Length)
                    {
                        buffer = Grow(buffer);
                    }
                }

                var bytes = buffer.AsMemory(0, length);
                var signed = SignatureOf(app, bytes.Span, signature);
                if (signed == Signature.Bad && await apps.FindAgainAsync(appKey, cancellationToken) is { } now && now != app)
                {
                    app = now;
                    signed = SignatureOf(app, bytes.Span, signature);
                }

                tally.Note(app, signed);
                if (signed == Signature.Bad)
                {
                    SignatureRefused(app.Id);
                    return IntakeOutcome.BadSignature;
                }

                await journal.AppendAsync(app, bytes);
                return IntakeOutcome.Stored;
            }
            finally
            {
                buffer.AsSpan(0, length).Clear();
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
        catch (Exception exception) when (exception is JournalUnavailableException or System.Data.Common.DbException)
        {
            Unavailable(exception);
            return IntakeOutcome.Unavailable;
        }
    }

    private static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        return larger;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A webhook for Meta app {MetaAppId} was not signed with its secret and was refused")]
    private partial void SignatureRefused(long metaAppId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A large webhook was answered with 503: as many are being taken in as memory bears")]
    private partial void TooMuchAtOnce();

    [LoggerMessage(Level = LogLevel.Error, Message = "A webhook could not be stored and was answered with 503")]
    private partial void Unavailable(Exception exception);
}
