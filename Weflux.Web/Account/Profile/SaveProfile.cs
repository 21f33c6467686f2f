using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Account.SignUp;
using Weflux.Web.Data;
using Weflux.Web.Security;
using Weflux.Web.Team;

namespace Weflux.Web.Account.Profile;

/// <summary>Changes what a person says of themselves and wants to be told of.</summary>
public sealed class SaveProfile(WefluxDatabase database, AccessWatch access)
{
    /// <summary>The languages that screens and mails come in.</summary>
    public static IReadOnlyDictionary<string, string> Languages { get; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["en"] = "English" };

    /// <returns>What is wrong; null if it was saved.</returns>
    public async Task<string?> ExecuteAsync(
        UserId person, string name, string language, string? timeZone, PersonPreferences preferences, CancellationToken cancellationToken)
    {
        if (SignUpReading.PersonName(name) is { } fault)
        {
            return fault;
        }

        if (!Languages.ContainsKey(language))
        {
            return "Choose one of the languages.";
        }

        var zone = string.IsNullOrWhiteSpace(timeZone) ? null : timeZone;
        if (zone is not null && !WorkspaceTime.Zones.Contains(zone, StringComparer.Ordinal))
        {
            return "Choose one of the time zones.";
        }

        await database.WriteForSystemAsync(
            async db =>
            {
                var user = await db.Set<WefluxUser>().SingleAsync(u => u.Id == person.Value, cancellationToken);
                (user.Name, user.Language, user.TimeZone, user.Preferences) = (name.Trim(), language, zone, preferences);
                access.Record(db, person);
                await db.SaveChangesAsync(cancellationToken);
            },
            cancellationToken);

        // Open pages show the name.
        access.Tell(person);
        return null;
    }
}
