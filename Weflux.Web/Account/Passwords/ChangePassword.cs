using System.Net;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Account.Passwords;

/// <summary>Changes one's own password. Every other session ends.</summary>
public sealed class ChangePassword(
    WefluxDatabase database, PasswordProof proof, SetPassword set, WefluxSignIn signIn)
{
    /// <returns>What is wrong; null if the password was changed.</returns>
    public async Task<string?> ExecuteAsync(
        UserId person, Guid? session, string? current, string? next, IPAddress? from, CancellationToken cancellationToken)
    {
        await using (var db = database.OpenForSystem())
        {
            var user = await db.Set<WefluxUser>().AsNoTracking().Where(u => u.Id == person.Value)
                .Select(u => new { u.Email, u.Name }).SingleAsync(cancellationToken);
            if (PasswordRules.Refuse(next, user.Email, user.Name) is { } fault)
            {
                return fault;
            }
        }

        if ((await proof.CheckAsync(person, current, from, cancellationToken)).Sentence() is { } refusal)
        {
            return refusal;
        }

        if (string.Equals(current, next, StringComparison.Ordinal))
        {
            return "The new password is the old one. Choose another.";
        }

        var hash = set.Hash(next!);
        await database.WriteForSystemAsync(
            db => set.ApplyAsync(db, person, hash, session, unlock: false, cancellationToken), cancellationToken);
        await signIn.RefreshAsync(person);
        signIn.TellLater(person);
        return null;
    }
}
