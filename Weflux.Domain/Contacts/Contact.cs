using Weflux.Domain.Team;

namespace Weflux.Domain.Contacts;

/// <summary>A customer of the business. Known by one or more identities; the phone number may be missing.</summary>
public sealed partial class Contact
{
    private const int NameLength = 200;
    private const string GroupPrefix = "Group: ";
    private const int MostMembers = 4;
    private const int MemberLength = 40;
    private readonly List<ContactIdentity> _identities = [];

    private Contact()
    {
    }

    /// <summary>The key in the database.</summary>
    public long Id { get; private set; }

    /// <summary>The business it belongs to.</summary>
    public WorkspaceId WorkspaceId { get; private set; }

    /// <summary>The name the contact chose on WhatsApp: untrusted, may be empty.</summary>
    public string ProfileName { get; private set; } = "";

    /// <summary>Whether it is a group of WhatsApp and no person: it has a thread that can be read, and gets no messages.</summary>
    public bool IsGroup { get; private set; }

    /// <summary>The name our people gave; null if they gave none.</summary>
    public string? GivenName { get; private set; }

    /// <summary>The user name, without the at sign; it can change and is never a key.</summary>
    public string? Username { get; private set; }

    /// <summary>The WhatsApp id we reply to, digits only; null if the contact hides the number.</summary>
    public string? PhoneDigits { get; private set; }

    /// <summary>What the contact allows us to send.</summary>
    public Consent Consent { get; private set; } = new();

    /// <summary>When processing was restricted on the contact's request (UTC); null if it is not.</summary>
    public DateTimeOffset? RestrictedAt { get; private set; }

    /// <summary>When we blocked the contact (UTC); null if we did not.</summary>
    public DateTimeOffset? BlockedAt { get; private set; }

    /// <summary>When we first heard of the contact (UTC).</summary>
    public DateTimeOffset FirstSeenAt { get; private set; }

    /// <summary>The best name for a screen. It is the user name with its at sign, or empty, if nothing better is known.</summary>
    public string DisplayName =>
        GivenName ?? (ProfileName.Length > 0 ? ProfileName : Username is null ? "" : "@" + Username);

    /// <summary>Somebody we had not heard of.</summary>
    public static Contact Meet(WorkspaceId workspace, DateTimeOffset now) => new()
    {
        WorkspaceId = workspace,
        FirstSeenAt = now,
        LastSeenAt = now,
    };

    /// <summary>Takes over what a signed webhook says of the contact. Names of somebody else must not be among them.</summary>
    /// <returns>Whether anything was news.</returns>
    public bool Hear(HeardContact heard, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(heard);
        var before = NamesNow();
        var changed = false;
        foreach (var key in heard.Identities)
        {
            changed |= Know(key, at);
        }

        if (heard.WhatsAppId is not null)
        {
            changed |= MoveTo(heard.WhatsAppId, at);
        }

        var name = Clean(heard.ProfileName);
        if (name.Length > 0 && !string.Equals(name, ProfileName, StringComparison.Ordinal))
        {
            ProfileName = name;
            changed = true;
        }

        var user = Clean(heard.Username).TrimStart('@', ' ');
        if (user.Length > 0 && !string.Equals(user, Username, StringComparison.Ordinal))
        {
            Username = user;
            changed = true;
        }

        if (changed)
        {
            FileNames(before);
        }

        return changed;
    }

    /// <summary>Our people's own name for the contact; an empty one takes it away.</summary>
    public void Rename(string? name)
    {
        var before = NamesNow();
        var given = Clean(name);
        GivenName = given.Length > 0 ? given : null;
        FileNames(before);
    }

    /// <summary>Somebody of a group has written. The platform does not tell a group's name, so it is called by those who speak in it.</summary>
    /// <param name="name">What the person calls themselves.</param>
    /// <returns>Whether the name of the group changed.</returns>
    public bool HearMember(string? name)
    {
        var member = Clean(name).Replace(",", "", StringComparison.Ordinal).Cut(MemberLength).Trim();
        if (!IsGroup || member.Length == 0)
        {
            return false;
        }

        string[] members = ProfileName.StartsWith(GroupPrefix, StringComparison.Ordinal) ? ProfileName[GroupPrefix.Length..].Split(", ") : [];
        if (members.Length >= MostMembers || members.Contains(member, StringComparer.Ordinal))
        {
            return false;
        }

        var before = NamesNow();
        ProfileName = GroupPrefix + string.Join(", ", [.. members, member]);
        FileNames(before);
        return true;
    }

    /// <summary>
    /// The platform says that another contact is this person under a newer name. Whatever either refused stays refused; the
    /// caller files the other's names, threads and consent entries here.
    /// </summary>
    /// <param name="newer">The contact that was met later; it is of no more use.</param>
    public void Absorb(Contact newer)
    {
        ArgumentNullException.ThrowIfNull(newer);
        var before = NamesNow();
        Consent.Absorb(newer.Consent);
        ProfileName = newer.ProfileName.Length > 0 ? newer.ProfileName : ProfileName;
        Username = newer.Username ?? Username;
        GivenName ??= newer.GivenName;
        PhoneDigits = newer.PhoneDigits ?? PhoneDigits;
        RestrictedAt ??= newer.RestrictedAt;
        BlockedAt ??= newer.BlockedAt;
        FirstSeenAt = newer.FirstSeenAt < FirstSeenAt ? newer.FirstSeenAt : FirstSeenAt;
        LastSeenAt = Later(LastSeenAt, newer.LastSeenAt);
        StageId ??= newer.StageId;
        FileConsent();
        FileNames(before);
    }

    /// <summary>Restricts processing on the contact's request, or lifts that.</summary>
    public void Restrict(bool isRestricted, DateTimeOffset now) => RestrictedAt = isRestricted ? RestrictedAt ?? now : null;

    /// <summary>Blocks the contact, or lifts that.</summary>
    public void Block(bool isBlocked, DateTimeOffset now) => BlockedAt = isBlocked ? BlockedAt ?? now : null;

    private static string Clean(string? text)
    {
        if (text is null)
        {
            return "";
        }

        // Half a surrogate pair becomes the replacement character, which every database and browser can hold.
        var name = string.Concat(text.EnumerateRunes().Where(r => !System.Text.Rune.IsControl(r) && !IsDirection(r)).Select(r => r.ToString()))
            .Trim().Cut(NameLength);
        return name.IsBlank() ? "" : name;
    }

    // An embedding or override that a name does not close would turn round whatever stands beside it.
    private static bool IsDirection(System.Text.Rune rune) => rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}

/// <summary>What a signed webhook says of a contact.</summary>
/// <param name="Identities">The names in it, the surest first.</param>
/// <param name="WhatsAppId">The WhatsApp id, digits; null if the contact hides it.</param>
/// <param name="ProfileName">The profile name; null if missing.</param>
/// <param name="Username">The user name; null if missing.</param>
public sealed record HeardContact(
    IReadOnlyList<IdentityKey> Identities,
    string? WhatsAppId,
    string? ProfileName,
    string? Username);
