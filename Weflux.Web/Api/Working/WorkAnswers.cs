using Weflux.Domain.Team;
using Weflux.Web.Contacts;
using Weflux.Web.Work;

namespace Weflux.Web.Api.Working;

/// <summary>What use cases answer, as problems that say what to do.</summary>
internal static class WorkAnswers
{
    /// <param name="outcome">What came of it.</param>
    /// <param name="unknown">What to say if what was named is not there, and the word for programs.</param>
    /// <param name="invalid">What to say if what was asked makes no sense.</param>
    /// <returns>Null if it was done, or was so already.</returns>
    public static ApiProblem? Explain(WorkOutcome outcome, (string Words, string Reason)? unknown = null, (string Words, string Reason)? invalid = null) => outcome switch
    {
        WorkOutcome.Done or WorkOutcome.Unchanged => null,
        WorkOutcome.UnknownSubject when unknown is ({ } words, { } reason) => Refuse(StatusCodes.Status422UnprocessableEntity, words, reason),
        WorkOutcome.Invalid when invalid is ({ } words, { } reason) => Refuse(StatusCodes.Status422UnprocessableEntity, words, reason),
        WorkOutcome.Full => Refuse(StatusCodes.Status409Conflict, $"A conversation carries at most {Domain.Conversations.Label.MostOnOne} labels. Take one off first.", "full"),
        WorkOutcome.HeldByOther => Refuse(StatusCodes.Status409Conflict, "Somebody else holds this conversation.", "held_by_other"),
        WorkOutcome.NotAllowed => Refuse(StatusCodes.Status409Conflict, "This cannot be done with the conversation as it is.", "not_possible"),
        _ => ApiProblem.NotFound,
    };

    public static ApiProblem Refuse(int status, string words, string reason) => new(status, words) { Reason = reason };

    /// <summary>The key has one scope and needs another one besides.</summary>
    public static ApiProblem? Lacks(Actor actor, params ReadOnlySpan<Permission> needed)
    {
        foreach (var permission in needed)
        {
            if (!actor.May(permission))
            {
                var scope = ApiScopes.For(permission);
                return new ApiProblem(StatusCodes.Status403Forbidden, $"This key lacks the scope {scope}.") { Scope = scope };
            }
        }

        return null;
    }

    /// <returns>Null if it was done, or was so already.</returns>
    public static ApiProblem? Explain(ContactAnswer answer, string reason) => answer switch
    {
        { IsDone: true } => null,
        { Outcome: ContactOutcome.NotFound } => ApiProblem.NotFound,
        { Outcome: ContactOutcome.NotAllowed } => new ApiProblem(StatusCodes.Status403Forbidden, "This key may not do that."),
        _ => Refuse(StatusCodes.Status422UnprocessableEntity, answer.Words!, reason),
    };
}
