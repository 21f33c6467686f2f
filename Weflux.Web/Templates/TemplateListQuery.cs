using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.CloudApi;
using Weflux.Web.Connections;
using Weflux.Web.Data;

namespace Weflux.Web.Templates;

/// <summary>The templates that could be sent in a conversation.</summary>
/// <param name="Templates">All of them, those that cannot be sent with the reason.</param>
/// <param name="Problem">Why none could be read; null if they could.</param>
public sealed record TemplateList(IReadOnlyList<TemplateChoice> Templates, string? Problem);

/// <summary>One template to choose.</summary>
/// <param name="WhyNot">Why it cannot be sent here now, in words; null if it can.</param>
public sealed record TemplateChoice(Template Template, string? WhyNot);

/// <summary>Reads the templates of a conversation's account from the platform, and keeps them for a minute.</summary>
public sealed class TemplateListQuery(WefluxDatabase database, CloudApiClient cloudApi, IMemoryCache cache)
{
    private const int MostPages = 100;
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);

    /// <summary>The templates; without any, and without a word why, for a stranger to the conversation.</summary>
    public async Task<TemplateList> GetAsync(Actor actor, long conversationId, CancellationToken cancellationToken)
    {
        await using var db = database.Open(actor.Workspace);
        var found = await (
            from conversation in db.Set<Conversation>()
            join contact in db.Set<Contact>() on conversation.ContactId equals contact.Id
            join connection in db.Set<Connection>() on conversation.ConnectionId equals connection.Id
            where conversation.Id == conversationId
            select new { conversation.AssigneeId, Contact = contact, Connection = connection })
            .AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (found is null || !actor.MaySee(found.AssigneeId) || !actor.May(Permission.SendTemplates))
        {
            return new TemplateList([], null);
        }

        try
        {
            var templates = await ReadAsync(found.Connection, cancellationToken);
            return new TemplateList([.. templates.Select(t => new TemplateChoice(t, WhyNot(t, found.Contact.Consent)))], null);
        }
        catch (CloudApiException exception)
        {
            return new TemplateList([], exception.Fault is { } fault ? PlatformErrors.Explain(fault.Code) : exception.Message);
        }
    }

    private static string? WhyNot(Template template, Consent consent) =>
        !template.IsApproved ? $"WhatsApp has not approved it ({template.Status.ToLowerInvariant()})."
        : template.NeedsMore ? "It needs a header file or button values, which cannot be entered here yet."
        : template.Category == TemplateCategory.Authentication ? "One-time codes are not sent by hand."
        : SendPolicy.DecideTemplate(consent, template.Category) switch
        {
            OptedOut { Reason: OptOutReason.NoMarketingConsent } => "The customer has not agreed to marketing.",
            OptedOut { Reason: OptOutReason.MarketingStopped } => "The customer refuses marketing.",
            OptedOut => "The customer asked for silence.",
            _ => null,
        };

    private async Task<IReadOnlyList<Template>> ReadAsync(Connection connection, CancellationToken cancellationToken)
    {
        var key = (nameof(TemplateListQuery), connection.WorkspaceId, connection.WabaId);
        if (cache.TryGetValue(key, out IReadOnlyList<Template>? kept))
        {
            return kept!;
        }

        var templates = new List<Template>();
        string? after = null;
        for (var page = 0; page < MostPages; page++)
        {
            var path = $"{connection.WabaId}/message_templates?fields=id,name,language,status,category,parameter_format,components&limit=100"
                + (after is null ? "" : $"&after={Uri.EscapeDataString(after)}");
            using var document = await cloudApi.GetAsync(connection, path, cancellationToken);
            templates.AddRange(TemplateReader.Read(document.RootElement));
            after = TemplateReader.NextCursor(document.RootElement);
            if (after is null)
            {
                break;
            }
        }

        return cache.Set(key, (IReadOnlyList<Template>)templates, Freshness);
    }
}
