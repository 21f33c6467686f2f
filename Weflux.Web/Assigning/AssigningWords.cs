using Weflux.Domain.Team;

namespace Weflux.Web.Assigning;

/// <summary>What rules are called.</summary>
public static class AssigningWords
{
    public static string Of(AssignmentMode mode) => mode switch
    {
        AssignmentMode.RoundRobin => "Everybody in turn",
        AssignmentMode.LeastBusy => "Whoever has the fewest open conversations",
        AssignmentMode.ToTeam => "A team",
        _ => "Nobody: they wait until somebody takes them",
    };

    public static string When(AssignmentTerms terms) => terms.OnlyInHours ? "In business hours" : "Always";

    public static string After(int minutes) => minutes switch
    {
        0 => "Never",
        1 => "After 1 minute",
        _ => FormattableString.Invariant($"After {minutes} minutes"),
    };

    public static string YesNo(bool value) => value ? "Yes" : "No";
}
