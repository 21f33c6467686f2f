namespace Weflux.Domain.Team;

/// <summary>A person's place in a workspace, as far as the rules of the team look at it.</summary>
/// <param name="User">Who.</param>
/// <param name="Role">As what.</param>
/// <param name="IsActive">A deactivated member keeps the place and may do nothing.</param>
public sealed record RosterPlace(UserId User, Role Role, bool IsActive);

/// <summary>
/// Everybody of one workspace, and what may be changed about them. Two rules hold whatever is asked: nobody changes
/// their own place but by leaving, and one active Admin is always left.
/// </summary>
public sealed class Roster
{
    private readonly Dictionary<UserId, RosterPlace> _places;

    /// <summary>The workspace's people as they are now; read them after its lock was taken, or two changes could each leave the other's Admin.</summary>
    public Roster(IEnumerable<RosterPlace> places)
    {
        ArgumentNullException.ThrowIfNull(places);
        _places = places.ToDictionary(p => p.User);
    }

    /// <summary>Whether <paramref name="by"/> may give <paramref name="who"/> the role <paramref name="to"/>.</summary>
    public RosterAnswer ChangeRole(UserId by, UserId who, Role to) =>
        to is not (Role.Agent or Role.Manager or Role.Admin)
            ? RosterAnswer.UnknownRole
            : Change(by, who, place => place with { Role = to });

    /// <summary>Whether <paramref name="by"/> may give <paramref name="who"/> back the access that was taken away.</summary>
    public RosterAnswer Reactivate(UserId by, UserId who) => Change(by, who, place => place with { IsActive = true });

    /// <summary>Whether <paramref name="by"/> may take <paramref name="who"/>'s access away and hand the conversations over.</summary>
    /// <param name="by">Who acts.</param>
    /// <param name="who">Who loses access.</param>
    /// <param name="heir">Who gets the conversations; null if nobody does.</param>
    public RosterAnswer Deactivate(UserId by, UserId who, UserId? heir) =>
        Inherited(Change(by, who, place => place with { IsActive = false }), who, heir);

    /// <summary>Whether <paramref name="by"/> may take <paramref name="who"/> out of the workspace and hand the conversations over.</summary>
    /// <param name="by">Who acts.</param>
    /// <param name="who">Who goes.</param>
    /// <param name="heir">Who gets the conversations; null if nobody does.</param>
    public RosterAnswer Remove(UserId by, UserId who, UserId? heir) => Inherited(Change(by, who, _ => null), who, heir);

    /// <summary>Whether somebody may go of their own accord.</summary>
    public RosterAnswer Leave(UserId who) =>
        !_places.ContainsKey(who) ? RosterAnswer.NoSuchMember
        : HasAdminWithout(who, null) ? RosterAnswer.Yes
        : RosterAnswer.LastAdmin;

    private RosterAnswer Inherited(RosterAnswer answer, UserId who, UserId? heir) =>
        answer != RosterAnswer.Yes || heir is not { } next || (next != who && _places.TryGetValue(next, out var place) && place.IsActive)
            ? answer
            : RosterAnswer.NoSuchHeir;

    private RosterAnswer Change(UserId by, UserId who, Func<RosterPlace, RosterPlace?> change)
    {
        if (!_places.TryGetValue(by, out var acting) || !acting.IsActive || !Permissions.Allow(acting.Role, Permission.ManagePeople))
        {
            return RosterAnswer.NotAllowed;
        }

        if (!_places.TryGetValue(who, out var place))
        {
            return RosterAnswer.NoSuchMember;
        }

        var changed = change(place);
        return by == who ? RosterAnswer.Yourself
            : changed == place ? RosterAnswer.AlreadySo
            : HasAdminWithout(who, changed) ? RosterAnswer.Yes
            : RosterAnswer.LastAdmin;
    }

    private bool HasAdminWithout(UserId who, RosterPlace? instead) =>
        _places.Values.Where(p => p.User != who).Append(instead).Any(p => p is { Role: Role.Admin, IsActive: true });
}

/// <summary>What the rules of the team say to a change.</summary>
public enum RosterAnswer
{
    /// <summary>It may be done.</summary>
    Yes,

    /// <summary>Whoever asks is no active Admin here.</summary>
    NotAllowed,

    /// <summary>The person has no place in this workspace.</summary>
    NoSuchMember,

    /// <summary>Nobody changes their own role or access.</summary>
    Yourself,

    /// <summary>No active Admin would be left.</summary>
    LastAdmin,

    /// <summary>There is nothing to change.</summary>
    AlreadySo,

    /// <summary>Whoever is to get the conversations is no active member, or the one who goes.</summary>
    NoSuchHeir,

    /// <summary>That is no role.</summary>
    UnknownRole,
}
