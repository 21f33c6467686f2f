using Weflux.Domain.Sending;
using Weflux.Domain.Team;

namespace Weflux.Web.Templates;

/// <summary>The templates that a person can choose from in a conversation.</summary>
public sealed class TemplateListQuery
{
    public Task<TemplateList> GetAsync(Actor actor, long conversationId, CancellationToken cancellationToken = default) =>
        Task.FromResult(new TemplateList([], "Templates of this number have not been read from WhatsApp yet."));
}

/// <summary>What there is to choose from.</summary>
/// <param name="Templates">The templates, usable or not.</param>
/// <param name="Problem">Why the list is empty or old; null if nothing is wrong.</param>
public sealed record TemplateList(IReadOnlyList<TemplateChoice> Templates, string? Problem);

/// <summary>One template in one language.</summary>
/// <param name="Template">The template.</param>
/// <param name="WhyNot">Why it cannot be sent here now; null if it can.</param>
public sealed record TemplateChoice(Template Template, string? WhyNot);
