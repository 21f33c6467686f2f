using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Operations;

namespace Weflux.Web.Account.Passwords;

/// <summary>The operator's way to let somebody in whom no Admin may and no mail can: the last Admin of an installation, say.</summary>
public sealed class ResetLinkCommand(WefluxDatabase database, ILookupNormalizer normalizer, AccountLinks links, PublicAddress address) : ICommand
{
    public string Name => "reset-link";

    public string Help => "makes a link with which a person chooses a new password (reset-link <e-mail address>).";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, CancellationToken cancellationToken)
    {
        if (arguments is not [var email])
        {
            await output.WriteLineAsync("Name the e-mail address of the account: reset-link <e-mail address>");
            return 2;
        }

        var name = normalizer.NormalizeName(email.Trim());
        Uri? link = null;
        await database.WriteForSystemAsync(
            async db =>
            {
                if (await db.Set<WefluxUser>().SingleOrDefaultAsync(u => u.NormalizedUserName == name, cancellationToken) is { } user)
                {
                    user.ResetAskedAt = null;
                    var secret = await links.IssueAsync(
                        db, AccountLinkKind.PasswordReset, new UserId(user.Id), null, ForgetPassword.LinkLives, cancellationToken);
                    link = address.At($"/reset-password?token={secret}");
                }
            },
            cancellationToken);
        await output.WriteLineAsync(link is null ? "There is no account with this e-mail address." : $"It works once, within an hour: {link}");
        return link is null ? 1 : 0;
    }
}
