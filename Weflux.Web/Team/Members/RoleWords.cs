using Weflux.Domain.Team;

namespace Weflux.Web.Team.Members;

/// <summary>Roles, and what the rules of the team answer, in words.</summary>
public static class RoleWords
{
    public static string Of(Role role) => role switch
    {
        Role.Agent => "Agents answer customers.",
        Role.Manager => "Managers also see every conversation.",
        _ => "Admins also own numbers, people, settings and the audit log.",
    };

    public static string Of(RosterAnswer answer) => answer switch
    {
        RosterAnswer.NotAllowed => "Only an Admin may do this. Ask one of yours.",
        RosterAnswer.NoSuchMember => "This person is no member any more. Load the page again.",
        RosterAnswer.Yourself => "Nobody changes their own role or access. Ask another Admin.",
        RosterAnswer.LastAdmin => "A workspace needs one active Admin. Make somebody else an Admin first.",
        RosterAnswer.AlreadySo => "It is so already. Choose something else, or load the page again.",
        RosterAnswer.NoSuchHeir => "Conversations go to an active member. Choose another one, or nobody.",
        _ => "That is no role. Choose Agent, Manager or Admin.",
    };
}
