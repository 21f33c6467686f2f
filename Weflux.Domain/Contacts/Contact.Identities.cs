namespace Weflux.Domain.Contacts;

/// <summary>By which numbers and user ids the platform knows a contact, and which of them are written to.</summary>
public sealed partial class Contact
{
    /// <summary>Every name by which the platform knows the contact.</summary>
    public IReadOnlyList<ContactIdentity> Identities => _identities;

    /// <summary>The phone number; null if the contact hides it.</summary>
    public PhoneNumber? Phone => PhoneNumber.TryParse(PhoneDigits, out var number) ? number : null;

    /// <summary>The business-scoped user id to write to on numbers of this portfolio; null if none is known.</summary>
    public string? UserIdIn(string scope) => _identities
        .LastOrDefault(i => i.Kind == IdentityKind.BusinessScopedUserId && string.Equals(i.Scope, scope, StringComparison.Ordinal))?.Value;

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
        PhoneTail = string.Concat(whatsAppId.Reverse());
        return true;
    }
}
