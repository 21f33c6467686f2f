using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Team;

namespace Weflux.Web.Api;

/// <summary>The clock of the workspace, on which times in the settings are shown.</summary>
public sealed class ApiClockQuery(WefluxDatabase database)
{
    public async Task<SettingsClock> GetAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageApiKeys) && !actor.May(Permission.ManageWebhooks))
        {
            return SettingsClock.Utc;
        }

        await using var db = database.Open(actor.Workspace);
        var zone = await db.Set<Workspace>().Where(w => w.Id == actor.Workspace).Select(w => w.TimeZone).SingleAsync(cancellationToken);
        return new SettingsClock(WorkspaceTime.Find(zone));
    }
}

/// <summary>Times on the clock of the workspace.</summary>
public sealed record SettingsClock(TimeZoneInfo Zone)
{
    public static SettingsClock Utc { get; } = new(TimeZoneInfo.Utc);

    public string Time(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>To the second, for what follows one another quickly.</summary>
    public string Exact(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone).ToString("d MMM, HH:mm:ss", CultureInfo.InvariantCulture);

    public string Day(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone).ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>The end of a day.</summary>
    public DateTimeOffset EndOf(DateOnly day)
    {
        var midnight = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        while (Zone.IsInvalidTime(midnight))
        {
            // Where clocks are put forward at midnight, the day begins later.
            midnight = midnight.AddMinutes(30);
        }

        return new DateTimeOffset(midnight, Zone.GetUtcOffset(midnight)).ToUniversalTime();
    }

    public DateOnly Today(DateTimeOffset now) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Zone).DateTime);
}
