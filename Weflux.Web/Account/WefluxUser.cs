using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Weflux.Domain.Notices;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Account;

/// <summary>A person who can sign in. What the person may do is in the memberships, never here.</summary>
public sealed class WefluxUser : IdentityUser<long>
{
    public const int LongestName = 200;

    /// <summary>The name colleagues see.</summary>
    public string Name { get; set; } = "";

    /// <summary>The language of screens and mails, such as <c>en</c>.</summary>
    public string Language { get; set; } = "en";

    /// <summary>The IANA name of the time zone; null for that of the browser.</summary>
    public string? TimeZone { get; set; }

    public PersonPreferences Preferences { get; set; } = PersonPreferences.Default;

    /// <summary>Changes with the picture, so that browsers may keep it; null if there is none.</summary>
    public Guid? PictureKey { get; set; }

    /// <summary>When the password was last set; null if it is still the first one.</summary>
    public DateTimeOffset? PasswordChangedAt { get; set; }

    /// <summary>When a way back in was asked for that no mail could bring; null if none waits.</summary>
    public DateTimeOffset? ResetAskedAt { get; set; }

    /// <summary>The lockout that the person was told of, by its end.</summary>
    public DateTimeOffset? LockoutToldOf { get; set; }
}

/// <summary>What a person wants to be told of, and how.</summary>
/// <param name="DesktopNotices">Whether the browser may show a notice when a customer writes.</param>
/// <param name="Sound">Whether a new message makes a sound.</param>
/// <param name="ShowText">Whether notices show what was written.</param>
/// <param name="OnlyMine">Whether only conversations that the person holds give notice.</param>
/// <param name="ProductNews">Whether the person wants mails about what is new; no screen asks for it, because none are sent.</param>
/// <param name="IsQuietOnNumbers">Whether an Admin wants no mail when a number stops working. Mails about one's own account always come.</param>
/// <param name="WaitsBeforeSending">Whether a message waits a few seconds before it leaves, so that it can be taken back.</param>
/// <param name="HasKeysOff">Whether single letters do nothing by themselves in the inbox.</param>
/// <param name="Notices">How the person wants to be told of each kind; null for somebody who has not chosen since there are kinds.</param>
/// <param name="Quiet">When the person wants neither notices of the browser nor sounds; null for never.</param>
public sealed record PersonPreferences(bool DesktopNotices, bool Sound, bool ShowText, bool OnlyMine, bool ProductNews, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsQuietOnNumbers = false, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool WaitsBeforeSending = false, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool HasKeysOff = false, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] NoticeChoices? Notices = null, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] QuietHours? Quiet = null)
{
    /// <summary>Notices without text, and mails about what an Admin must mend.</summary>
    public static PersonPreferences Default { get; } = new(DesktopNotices: true, Sound: false, ShowText: false, OnlyMine: true, ProductNews: false);

    /// <summary>How the person wants to be told of a kind.</summary>
    public NoticeWays WaysOf(NoticeKind kind) => (Notices ?? NoticeChoices.Of(DesktopNotices, Sound, OnlyMine)).WaysOf(kind);
}

internal sealed class WefluxUserMapping : IEntityTypeConfiguration<WefluxUser>
{
    public void Configure(EntityTypeBuilder<WefluxUser> builder)
    {
        builder.Property(u => u.Name).HasMaxLength(WefluxUser.LongestName);
        builder.Property(u => u.Language).HasMaxLength(20).HasDefaultValue("en");
        builder.Property(u => u.TimeZone).HasMaxLength(60);
        builder.Property(u => u.Preferences).IsJson().HasMaxLength(1000)
            .HasDefaultValue(PersonPreferences.Default);
        builder.HasIndex(u => u.ResetAskedAt);
    }
}

internal static class WefluxUsers
{
    /// <summary>Waits until no other transaction changes the person, and keeps others waiting until this one ends. Call before reading what will be changed.</summary>
    public static Task LockPersonAsync(this WefluxDbContext db, UserId person, CancellationToken cancellationToken) =>
        db.Set<WefluxUser>().Where(u => u.Id == person.Value)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.AccessFailedCount, u => u.AccessFailedCount), cancellationToken);
}
