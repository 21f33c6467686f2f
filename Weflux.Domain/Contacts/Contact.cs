using Weflux.Domain.Conversations;
using Weflux.Domain.Team;

namespace Weflux.Domain.Contacts;

/// <summary>A customer of the business. Known by one or more identities; the phone number may be missing.</summary>
public sealed class Contact
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

    /// <summary>Every name by which the platform knows the contact.</summary>
    public IReadOnlyList<ContactIdentity> Identities => _identities;

    /// <summary>The phone number; null if the contact hides it.</summary>
    public PhoneNumber? Phone => PhoneNumber.TryParse(PhoneDigits, out var number) ? number : null;

    /// <summary>The best name for a screen. It is the user name with its at sign, or empty, if nothing better is known.</summary>
    public string DisplayName =>
        GivenName ?? (ProfileName.Length > 0 ? ProfileName : Username is null ? "" : "@" + Username);

    /// <summary>Somebody we had not heard of.</summary>
    public static Contact Meet(WorkspaceId workspace, DateTimeOffset now) => new()
    {
        WorkspaceId = workspace,
        FirstSeenAt = now,
    };

    /// <summary>The business-scoped user id to write to on numbers of this portfolio; null if none is known.</summary>
    public string? UserIdIn(string scope) => _identities
        .LastOrDefault(i => i.Kind == IdentityKind.BusinessScopedUserId && string.Equals(i.Scope, scope, StringComparison.Ordinal))?.Value;

    /// <summary>Takes over what a signed webhook says of the contact. Names of somebody else must not be among them.</summary>
    /// <returns>Whether anything was news.</returns>
    public bool Hear(HeardContact heard, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(heard);
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

        return changed;
    }

    /// <summary>
    /// The platform says that one of the contact's names is replaced by another, which from now on is the one to write to.
    /// A user id changes with the number, so those of the old number are replaced too, by one that is not known yet.
    /// </summary>
    public void Rekey(IdentityKey key, DateTimeOffset at)
    {
        if (key.Kind == IdentityKind.BusinessScopedUserId)
        {
            Retire(i => string.Equals(i.Scope, key.Scope, StringComparison.Ordinal) && i.Key != key, at);
            Know(key, at);
            Former(key)?.Restore();
            return;
        }

        Know(key, at);
        if (key.Kind == IdentityKind.WhatsAppId && MoveTo(key.Value, at))
        {
            Retire(_ => true, at);
        }
    }

    /// <summary>Whether this is the number that the contact has now, in whatever spelling the platform uses for it. Whoever writes from one that the contact has left may be somebody else.</summary>
    public bool IsReachedAt(string whatsAppId) =>
        Phone is not { } phone
        || string.Equals(phone.Digits, whatsAppId, StringComparison.Ordinal)
        || phone.Variants().Any(v => string.Equals(v.Digits, whatsAppId, StringComparison.Ordinal));

    /// <summary>
    /// The platform says that another contact is this person under a newer name. Whatever either refused stays refused; the
    /// caller files the other's names, threads and consent entries here.
    /// </summary>
    /// <param name="newer">The contact that was met later; it is of no more use.</param>
    public void Absorb(Contact newer)
    {
        ArgumentNullException.ThrowIfNull(newer);
        Consent.Absorb(newer.Consent);
        ProfileName = newer.ProfileName.Length > 0 ? newer.ProfileName : ProfileName;
        Username = newer.Username ?? Username;
        GivenName ??= newer.GivenName;
        PhoneDigits = newer.PhoneDigits ?? PhoneDigits;
        RestrictedAt ??= newer.RestrictedAt;
        BlockedAt ??= newer.BlockedAt;
        FirstSeenAt = newer.FirstSeenAt < FirstSeenAt ? newer.FirstSeenAt : FirstSeenAt;
    }

    /// <summary>The contact said something: a stop word asks for silence, a start word lifts it, anything else shows that the contact still writes to us.</summary>
    /// <param name="content">What was said.</param>
    /// <param name="words">The words of this workspace.</param>
    /// <param name="whatsAppId">The platform's id of the message.</param>
    /// <param name="at">When the contact said it (UTC).</param>
    public ConsentEntry? HearWords(MessageContent content, OptOutWords words, string whatsAppId, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(words);
        if (!content.OpensWindow)
        {
            return null;
        }

        var (word, evidence) = Read(content, words);
        if (word == OptOutWord.Stop)
        {
            return Consent.StopAll(at) ? Entry(ConsentDecision.Stopped) : null;
        }

        Consent.Write(at);
        return word == OptOutWord.Start && Consent.Start(at) ? Entry(ConsentDecision.Given) : null;

        ConsentEntry Entry(ConsentDecision decision) =>
            new(this, ConsentPurpose.AllMessages, decision, ConsentSource.Words, evidence, whatsAppId, null, at);
    }

    /// <summary>The contact stopped or resumed marketing in WhatsApp itself.</summary>
    /// <param name="isStopped">Stopped, or resumed.</param>
    /// <param name="source">How we know: a preference or a refusal.</param>
    /// <param name="detail">The platform's words.</param>
    /// <param name="at">When (UTC).</param>
    public ConsentEntry? HearMarketingPreference(bool isStopped, ConsentSource source, string detail, DateTimeOffset at)
    {
        var isNews = isStopped ? Consent.StopMarketing(MarketingStop.Platform, at) : Consent.ResumeMarketing(at);
        return isNews
            ? new ConsentEntry(this, ConsentPurpose.Marketing, isStopped ? ConsentDecision.Stopped : ConsentDecision.Given, source, detail, null, null, at)
            : null;
    }

    /// <summary>A person records what the contact decided by another road.</summary>
    /// <param name="purpose">What it is about.</param>
    /// <param name="decision">What was decided. Consent to marketing does not lift a stop of all messages.</param>
    /// <param name="evidence">Where and how the contact said so; only a stop of marketing may go without.</param>
    /// <param name="actor">Who records it.</param>
    /// <param name="at">When it was decided (UTC).</param>
    /// <exception cref="ArgumentException">Consent, or a stop of all messages, without evidence.</exception>
    public ConsentEntry Record(ConsentPurpose purpose, ConsentDecision decision, string evidence, UserId actor, DateTimeOffset at)
    {
        if ((purpose, decision) != (ConsentPurpose.Marketing, ConsentDecision.Stopped) && string.IsNullOrWhiteSpace(evidence))
        {
            throw new ArgumentException("This decision needs its evidence: where and how the contact said so.", nameof(evidence));
        }

        switch (purpose, decision)
        {
            case (ConsentPurpose.AllMessages, ConsentDecision.Stopped):
                Consent.StopAll(at);
                break;
            case (ConsentPurpose.AllMessages, _):
                Consent.Start(at);
                break;
            case (_, ConsentDecision.Stopped):
                Consent.StopMarketing(MarketingStop.Person, at);
                break;
            default:
                Consent.GiveMarketing(at);
                break;
        }

        return new ConsentEntry(this, purpose, decision, ConsentSource.Person, evidence, null, actor, at);
    }

    /// <summary>Our people's own name for the contact; an empty one takes it away.</summary>
    public void Rename(string? name)
    {
        var given = Clean(name);
        GivenName = given.Length > 0 ? given : null;
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

        ProfileName = GroupPrefix + string.Join(", ", [.. members, member]);
        return true;
    }

    /// <summary>Restricts processing on the contact's request, or lifts that.</summary>
    public void Restrict(bool isRestricted, DateTimeOffset now) => RestrictedAt = isRestricted ? RestrictedAt ?? now : null;

    /// <summary>Blocks the contact, or lifts that.</summary>
    public void Block(bool isBlocked, DateTimeOffset now) => BlockedAt = isBlocked ? BlockedAt ?? now : null;

    /// <summary>The user ids that are written to, with the portfolios that they are of.</summary>
    public IReadOnlyList<IdentityKey> UserIds() => [.. _identities.Where(i => i.Kind == IdentityKind.BusinessScopedUserId).Select(i => i.Key)];

    /// <summary>After another contact's names were filed here: its user ids are the ones to write to, and ours are replaced.</summary>
    public void Settle(IReadOnlyList<IdentityKey> current)
    {
        foreach (var identity in _identities.Where(i => current.Any(k => string.Equals(k.Scope, i.Scope, StringComparison.Ordinal)) && !current.Contains(i.Key)))
        {
            identity.Retire();
        }
    }

    private bool Know(IdentityKey key, DateTimeOffset at)
    {
        if (_identities.Exists(i => i.Key == key))
        {
            return false;
        }

        if (Former(key) is { } former)
        {
            // A webhook from before the change brings nothing back.
            if (UserIdIn(key.Scope) is not null || at < CurrentNumber?.FirstSeenAt)
            {
                return false;
            }

            former.Restore();
            return true;
        }

        _identities.Add(new ContactIdentity(WorkspaceId, key, at));
        IsGroup |= key.Kind == IdentityKind.Group;
        return true;
    }

    private ContactIdentity? CurrentNumber =>
        _identities.Find(i => i.Kind == IdentityKind.WhatsAppId && string.Equals(i.Value, PhoneDigits, StringComparison.Ordinal));

    private ContactIdentity? Former(IdentityKey key) => key.Kind == IdentityKind.BusinessScopedUserId
        ? _identities.Find(i => i.Key == key with { Kind = IdentityKind.FormerUserId })
        : null;

    private void Retire(Predicate<ContactIdentity> which, DateTimeOffset at)
    {
        foreach (var identity in _identities.FindAll(i => i.FirstSeenAt <= at && which(i)))
        {
            identity.Retire();
        }
    }

    // The names of places, files and cards are not the customer's words: a shop named "Alto" is no wish for silence.
    // A button's hidden payload can ask for silence, as the platform's policy demands, but never lift it.
    private static (OptOutWord Word, string Evidence) Read(MessageContent content, OptOutWords words)
    {
        var said = content switch
        {
            LocationContent or ContactCardsContent or FlowReplyContent => "",
            DocumentContent document => document.Caption ?? "",
            _ => content.Text,
        };
        var payload = content switch
        {
            TemplateButtonContent button => button.Payload,
            ButtonReplyContent reply => reply.Id,
            ListReplyContent choice => choice.Id,
            _ => "",
        };
        var word = words.Read(said);
        return word != OptOutWord.Stop && words.Read(payload) == OptOutWord.Stop ? (OptOutWord.Stop, payload) : (word, said);
    }

    // A webhook that was under way while the number changed must not bring the old number back.
    private bool MoveTo(string whatsAppId, DateTimeOffset at)
    {
        if (string.Equals(PhoneDigits, whatsAppId, StringComparison.Ordinal)
            || at < CurrentNumber?.FirstSeenAt
            || !PhoneNumber.TryParse(whatsAppId, out _))
        {
            return false;
        }

        PhoneDigits = whatsAppId;
        return true;
    }

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
