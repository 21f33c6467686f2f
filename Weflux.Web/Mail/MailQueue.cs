using System.Text.Json;
using Microsoft.Extensions.Options;
using Weflux.Web.Data;
using Weflux.Web.Security;

namespace Weflux.Web.Mail;

/// <summary>A mail in plain text.</summary>
/// <param name="To">One address.</param>
/// <param name="ToName">Whose it is; null if not known.</param>
/// <param name="Subject">One line.</param>
/// <param name="Body">Plain text; links stand on lines of their own.</param>
public sealed record MailText(string To, string? ToName, string Subject, string Body);

/// <summary>Takes mails in, in the transaction of what they tell of: neither is there without the other.</summary>
public sealed class MailQueue(SecretProtector protector, TimeProvider time, IOptions<MailOptions> options)
{
    /// <summary>
    /// Whether mail can leave. If not, show people their links: what is written without a mail server is never sent, because
    /// by the time somebody sets one up its links have long been used, revoked or forgotten.
    /// </summary>
    public bool IsConfigured => options.Value.IsConfigured;

    public void Add(WefluxDbContext db, MailText mail)
    {
        var now = time.GetUtcNow();
        var key = Guid.CreateVersion7(now);
        db.Add(new OutgoingMail
        {
            Key = key,
            Text = protector.ProtectText(JsonSerializer.Serialize(mail), OutgoingMail.TextContext(key)),
            CreatedAt = now,
            NextTryAt = IsConfigured ? now : null,
            Fault = IsConfigured ? null : MailFault.NoServer,
        });
    }
}
