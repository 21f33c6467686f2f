using System.Globalization;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Weflux.Web.Mail;

/// <summary>Why a mail did not leave, without address and text.</summary>
/// <param name="Words">The reason.</param>
/// <param name="IsFinal">Whether trying again is of no use.</param>
public sealed record MailFault(string Words, bool IsFinal)
{
    /// <summary>What stands beside a mail that was written while there was nobody to send it.</summary>
    internal const string NoServer = "No mail server was set up";
}

/// <summary>Hands one mail to the SMTP server.</summary>
public sealed class MailServer(IOptions<MailOptions> options)
{
    private const int TimeoutMilliseconds = 30_000;

    /// <returns>Null if the server took the mail.</returns>
    public async Task<MailFault?> SendAsync(MailText text, Guid key, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        try
        {
            using var message = Message(text, key, settings);
            using var client = new SmtpClient { Timeout = TimeoutMilliseconds };
            await client.ConnectAsync(settings.Host!, settings.Port, Security(settings), cancellationToken);
            if (!string.IsNullOrEmpty(settings.User))
            {
                await client.AuthenticateAsync(settings.User, settings.Password!, cancellationToken);
            }

            await client.SendAsync(message, cancellationToken);

            // The mail is out: a server that hangs up now changes nothing.
            await client.DisconnectAsync(quit: false, CancellationToken.None);
            return null;
        }
        catch (SmtpCommandException refused)
        {
            var code = ((int)refused.StatusCode).ToString(CultureInfo.InvariantCulture);
            var isFinal = refused.ErrorCode == SmtpErrorCode.RecipientNotAccepted && (int)refused.StatusCode is >= 500 and < 600;
            return new MailFault($"The mail server refused it with {code} ({refused.ErrorCode})", isFinal);
        }
        catch (AuthenticationException)
        {
            return new MailFault("The mail server does not accept the name and password in the settings", IsFinal: false);
        }
        catch (SslHandshakeException)
        {
            return new MailFault("No trusted encrypted connection to the mail server could be made", IsFinal: false);
        }
        catch (FormatException)
        {
            return new MailFault("The address is not one that mail can be sent to", IsFinal: true);
        }
        catch (Exception fault) when (fault is SocketException or IOException or ProtocolException or NotSupportedException or TimeoutException
            or ServiceNotConnectedException or ServiceNotAuthenticatedException
            || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new MailFault($"The mail server could not be reached or broke off ({fault.GetType().Name})", IsFinal: false);
        }
    }

    private static SecureSocketOptions Security(MailOptions settings) => settings.Security.ToUpperInvariant() switch
    {
        "TLS" => SecureSocketOptions.SslOnConnect,
        "NONE" => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };

    private static MimeMessage Message(MailText text, Guid key, MailOptions settings)
    {
        var from = MailboxAddress.Parse(settings.From!);
        var message = new MimeMessage
        {
            Subject = text.Subject,
            Body = new TextPart("plain") { Text = text.Body },

            // The same for each try, so that a mail that arrives twice can be told to be one.
            MessageId = $"{key:N}@{from.Domain}",
        };
        message.From.Add(from);
        message.To.Add(new MailboxAddress(text.ToName ?? "", MailboxAddress.Parse(text.To).Address));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }
}
