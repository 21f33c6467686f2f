using Microsoft.Extensions.Options;
using MimeKit;

namespace Weflux.Web.Mail;

/// <summary>The mail server. Section <c>Weflux:Mail</c>; without a host no mail leaves, and links are shown to Admins instead.</summary>
public sealed class MailOptions
{
    public const string Section = "Weflux:Mail";

    /// <summary>The name of the SMTP server; empty for none.</summary>
    public string? Host { get; set; }

    public int Port { get; set; } = 587;

    /// <summary><c>StartTls</c> (the connection is refused without it), <c>Tls</c> from the first byte, or <c>None</c>.</summary>
    public string Security { get; set; } = "StartTls";

    /// <summary>The name to sign in with; empty if the server asks for none.</summary>
    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>Whom mails come from: <c>Weflux &lt;inbox@example.com&gt;</c>.</summary>
    public string? From { get; set; }

    public bool IsConfigured => !string.IsNullOrWhiteSpace(Host);
}

internal sealed class MailOptionsCheck : IValidateOptions<MailOptions>
{
    private static readonly string[] Kinds = ["StartTls", "Tls", "None"];

    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        var faults = new ValidateOptionsResultBuilder();
        if (!options.IsConfigured)
        {
            if (!string.IsNullOrWhiteSpace(options.User) || !string.IsNullOrWhiteSpace(options.From))
            {
                faults.AddError($"{MailOptions.Section}:Host is missing. Name the SMTP server, or remove the rest of {MailOptions.Section}.");
            }

            return faults.Build();
        }

        if (options.Port is < 1 or > 65535)
        {
            faults.AddError($"{MailOptions.Section}:Port must be between 1 and 65535.");
        }

        if (!Kinds.Contains(options.Security, StringComparer.OrdinalIgnoreCase))
        {
            faults.AddError($"{MailOptions.Section}:Security must be StartTls, Tls or None.");
        }

        if (string.IsNullOrEmpty(options.User) != string.IsNullOrEmpty(options.Password))
        {
            faults.AddError($"{MailOptions.Section}:User and {MailOptions.Section}:Password belong together: set both or neither.");
        }

        if (!MailboxAddress.TryParse(options.From ?? "", out var from) || !from.Address.Contains('@', StringComparison.Ordinal))
        {
            faults.AddError($"{MailOptions.Section}:From must be an address that mails come from, such as Weflux <inbox@example.com>.");
        }

        return faults.Build();
    }
}
