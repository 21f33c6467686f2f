using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Contacts;

/// <summary>How a payload names a person, in the scope of the number that it came to.</summary>
public sealed record PersonClaim(IdentityKey? UserId, IdentityKey? ParentUserId, string? WhatsAppId, string? ProfileName, string? Username)
{
    /// <summary>A group in place of a person; null for a person.</summary>
    public IdentityKey? Group { get; private init; }

    /// <summary>Who of the group speaks; null outside of groups.</summary>
    public string? Member { get; private init; }

    /// <summary>A group, whose name the platform does not tell with its messages.</summary>
    /// <param name="groupId">The platform's id.</param>
    /// <param name="name">What to call it until somebody with a name has spoken in it.</param>
    /// <param name="member">Who speaks; null if the person hides the name.</param>
    public static PersonClaim OfGroup(string groupId, string name, string? member) =>
        new(null, null, null, name, null) { Group = IdentityKey.Group(groupId), Member = member };

    public IEnumerable<IdentityKey> Keys()
    {
        if (Group is { } group)
        {
            yield return group;
        }

        if (UserId is { } user)
        {
            yield return user;
        }

        if (ParentUserId is { } parent)
        {
            yield return parent;
        }

        if (WhatsAppId is { } id)
        {
            yield return IdentityKey.WhatsAppId(id);
        }
    }

    /// <summary>Every name under which the person may already be filed, the known variants of the number included.</summary>
    public IEnumerable<IdentityKey> Candidates() => PhoneNumber.TryParse(WhatsAppId, out var number)
        ? Keys().Concat(number.Variants().Select(v => IdentityKey.WhatsAppId(v.Digits)))
        : Keys();
}

/// <summary>
/// Finds or makes the contacts that a batch of payloads speaks of, in memory after one read. One person, one contact:
/// user id first, then the number, then the number's known variants; and never one contact for two people.
/// </summary>
public sealed class ContactDirectory
{
    private readonly WefluxDbContext _db;
    private readonly Func<WefluxDbContext, List<string>, IAsyncEnumerable<Contact>> _named;
    private readonly Dictionary<IdentityKey, Contact> _byKey = [];
    private readonly List<(Contact Named, Contact Other)> _doubts = [];
    private readonly List<(Contact Kept, Contact Newer)> _same = [];

    private ContactDirectory(WefluxDbContext db, Func<WefluxDbContext, List<string>, IAsyncEnumerable<Contact>> named) => (_db, _named) = (db, named);

    /// <summary>Reads every contact that the claims may mean.</summary>
    /// <param name="db">The context that will write the contacts.</param>
    /// <param name="named">Reads the contacts, with all of their names, that hold one of the names given.</param>
    /// <param name="claims">Whom the payloads speak of.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<ContactDirectory> OpenAsync(
        WefluxDbContext db,
        Func<WefluxDbContext, List<string>, IAsyncEnumerable<Contact>> named,
        IEnumerable<PersonClaim> claims,
        CancellationToken cancellationToken)
    {
        var directory = new ContactDirectory(db, named);
        var values = claims.SelectMany(c => c.Candidates()).Select(k => k.Value).Distinct().ToList();
        if (values.Count > 0)
        {
            await directory.ReadAsync(values, cancellationToken);
        }

        return directory;
    }

    /// <summary>The contact that a claim means; null if it is nobody we know.</summary>
    public Contact? Find(PersonClaim claim)
    {
        if (claim.Group is { } group)
        {
            return _byKey.GetValueOrDefault(group);
        }

        if (claim.UserId is { } userId && _byKey.TryGetValue(userId, out var named))
        {
            return named;
        }

        var holder = FindByNumber(claim);
        if (holder is not null && claim.UserId is not null && !holder.IsReachedAt(claim.WhatsAppId!))
        {
            // The contact has left that number, and somebody with a user id of their own writes from it now.
            return null;
        }

        var other = holder
            ?? (claim.ParentUserId is { } parent && _byKey.TryGetValue(parent, out var family) ? family : null);

        // A number that comes with another user id than before has gone to another person.
        return other is not null && claim.UserId is { } id && other.UserIdIn(id.Scope) is { } known && !string.Equals(known, id.Value, StringComparison.Ordinal)
            ? null
            : other;
    }

    /// <summary>The contact that a claim means, made if need be, knowing what the claim says.</summary>
    public Contact Hear(PersonClaim claim, WorkspaceId workspace, DateTimeOffset at)
    {
        var contact = Find(claim);
        if (contact is null)
        {
            contact = Contact.Meet(workspace, at);
            _db.Add(contact);
        }

        if (FindByNumber(claim) is { } holder && holder != contact)
        {
            _doubts.Add((contact, holder));
        }

        contact.Hear(
            new HeardContact(
                [.. claim.Keys().Where(k => IsFreeFor(k, contact))],
                claim.WhatsAppId,
                claim.Group is null || contact.ProfileName.Length == 0 ? claim.ProfileName : null,
                claim.Username),
            at);
        contact.HearMember(claim.Member);
        Remember(contact);
        return contact;
    }

    /// <summary>
    /// One of the contact's names is replaced. If somebody who was met since the change has the new name, the notice came
    /// late and both are one person. A number that somebody had before stays theirs and makes a suggestion.
    /// </summary>
    public void Rekey(Contact contact, IdentityKey key, DateTimeOffset at)
    {
        if (!IsFreeFor(key, contact))
        {
            var holder = _byKey[key];
            var isSame = !contact.IsGroup && !holder.IsGroup
                && (key.Kind == IdentityKind.BusinessScopedUserId || (key.Kind == IdentityKind.WhatsAppId && holder.FirstSeenAt >= at));
            (isSame ? _same : _doubts).Add((contact, holder));
            return;
        }

        contact.Rekey(key, at);
        Remember(contact);
    }

    /// <summary>Pairs of contacts that the platform has said to be one person; each pair is told once.</summary>
    public IReadOnlyList<(Contact Kept, Contact Newer)> TakeSame()
    {
        List<(Contact Kept, Contact Newer)> same = [.. _same.Distinct()];
        _same.Clear();
        return same;
    }

    /// <summary>Reads who else may hold a name that turns up inside a message.</summary>
    public async Task LookUpAsync(IEnumerable<IdentityKey> keys, CancellationToken cancellationToken)
    {
        var values = keys.Where(k => !_byKey.ContainsKey(k)).Select(k => k.Value).Distinct().ToList();
        if (values.Count > 0)
        {
            await ReadAsync(values, cancellationToken);
        }
    }

    /// <summary>Writes down whom a person should compare. Call when the contacts are stored.</summary>
    public async Task SuggestMergesAsync(WorkspaceId workspace, DateTimeOffset at, CancellationToken cancellationToken)
    {
        foreach (var (named, other) in _doubts.Where(d => d.Named != d.Other).Distinct())
        {
            var (id, otherId) = (named.Id, other.Id);
            if (!await _db.Set<MergeSuggestion>().AnyAsync(s => s.ContactId == id && s.OtherContactId == otherId, cancellationToken))
            {
                _db.Add(new MergeSuggestion { WorkspaceId = workspace, ContactId = id, OtherContactId = otherId, SeenAt = at });
            }
        }

        _doubts.Clear();
    }

    private async Task ReadAsync(List<string> values, CancellationToken cancellationToken)
    {
        await foreach (var contact in _named(_db, values).WithCancellation(cancellationToken))
        {
            Remember(contact);
        }
    }

    private Contact? FindByNumber(PersonClaim claim)
    {
        if (claim.WhatsAppId is not { } id)
        {
            return null;
        }

        if (_byKey.TryGetValue(IdentityKey.WhatsAppId(id), out var exact))
        {
            return exact;
        }

        return PhoneNumber.TryParse(id, out var number)
            ? number.Variants().Select(v => _byKey.GetValueOrDefault(IdentityKey.WhatsAppId(v.Digits))).FirstOrDefault(c => c is not null)
            : null;
    }

    private bool IsFreeFor(IdentityKey key, Contact contact) => !_byKey.TryGetValue(key, out var holder) || holder == contact;

    private void Remember(Contact contact)
    {
        foreach (var identity in contact.Identities)
        {
            _byKey.TryAdd(identity.Key, contact);
            if (identity.Kind == IdentityKind.FormerUserId)
            {
                _byKey.TryAdd(IdentityKey.UserId(identity.Scope, identity.Value), contact);
            }
        }
    }
}
