using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Account.Profile;

/// <summary>What the account pages show of their own person.</summary>
public sealed record ProfileView(
    UserId Person,
    string Name,
    string Email,
    string Language,
    string? TimeZone,
    PersonPreferences Preferences,
    Guid? PictureKey,
    DateTimeOffset? PasswordChangedAt,
    bool HasSecondFactor);

/// <summary>Reads one's own account.</summary>
public sealed class ProfileQuery(WefluxDatabase database)
{
    public async Task<ProfileView?> GetAsync(UserId person, CancellationToken cancellationToken)
    {
        await using var db = database.OpenForSystem();
        var user = await db.Set<WefluxUser>().AsNoTracking().SingleOrDefaultAsync(u => u.Id == person.Value, cancellationToken);
        return user is null
            ? null
            : new ProfileView(
                person, user.Name, user.Email!, user.Language, user.TimeZone, user.Preferences, user.PictureKey, user.PasswordChangedAt, user.TwoFactorEnabled);
    }
}
