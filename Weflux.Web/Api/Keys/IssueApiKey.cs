using System.Globalization;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Data;

namespace Weflux.Web.Api.Keys;

/// <summary>An Admin makes a key for a program.</summary>
public sealed class IssueApiKey(WefluxDatabase database, AuditLog audit, TimeProvider time)
{
    public const int LongestName = 100;

    /// <param name="actor">Who makes it: a person, because a key never begets a key.</param>
    /// <param name="name">What to call it.</param>
    /// <param name="scopes">What it may do, in the words of <see cref="ApiScopes"/>.</param>
    /// <param name="expiresAt">From when on it is refused; null if never.</param>
    /// <returns>The key, which is shown this once; null if the actor may not make keys.</returns>
    /// <exception cref="ArgumentException">The name is empty or too long, a scope is unknown or none is given.</exception>
    public async Task<IssuedApiKey?> ExecuteAsync(
        Actor actor, string name, IReadOnlyCollection<string> scopes, DateTimeOffset? expiresAt, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageApiKeys))
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName)
        {
            throw new ArgumentException("A key has a name of at most 100 characters.", nameof(name));
        }

        if (scopes.Count == 0 || !scopes.All(ApiScopes.IsKnown))
        {
            throw new ArgumentException("A key has at least one scope, and only known ones.", nameof(scopes));
        }

        var text = ApiKeyText.New();
        var key = Row(actor.Workspace, name.Trim(), text, [.. scopes.Distinct(StringComparer.Ordinal)], time.GetUtcNow(), actor.User);
        key.ExpiresAt = expiresAt;
        await database.WriteAsync(
            actor.Workspace,
            async db =>
            {
                db.Add(key);
                await db.SaveChangesAsync(cancellationToken);
                await audit.AddAsync(
                    db,
                    actor,
                    AuditActions.ApiKeyIssued,
                    AuditFacts.Made(
                        key.Name,
                        ("Scopes", string.Join(' ', key.Scopes)),
                        ("Expires", key.ExpiresAt?.ToString("u", CultureInfo.InvariantCulture))),
                    cancellationToken);
            },
            cancellationToken);
        return new IssuedApiKey(new ApiKeyId(key.Id), text.Value);
    }

    internal static ApiKey Row(
        WorkspaceId workspace, string name, ApiKeyText text, IReadOnlyList<string> scopes, DateTimeOffset now, UserId? by) => new()
        {
            WorkspaceId = workspace,
            Name = name,
            Hint = text.Hint,
            Lookup = text.Lookup,
            Hash = text.Hash,
            Scopes = scopes,
            CreatedAt = now,
            CreatedBy = by,
        };
}

/// <summary>A new key.</summary>
/// <param name="Id">Which.</param>
/// <param name="Key">The secret, which nobody can show again.</param>
public sealed record IssuedApiKey(ApiKeyId Id, string Key);
