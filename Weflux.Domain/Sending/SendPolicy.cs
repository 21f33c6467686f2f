using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;

namespace Weflux.Domain.Sending;

/// <summary>What must be known to decide.</summary>
/// <param name="Conversation">The thread.</param>
/// <param name="Contact">The customer.</param>
/// <param name="Connection">Whether the number can send.</param>
/// <param name="Origin">What makes the message.</param>
/// <param name="Now">The time (UTC).</param>
public sealed record SendCircumstances(
    Conversation Conversation,
    Contact Contact,
    ConnectionState Connection,
    MessageOrigin Origin,
    DateTimeOffset Now);

/// <summary>
/// The one place that decides whether a message may be sent. Asked when a person composes and again when the message
/// is about to leave, because the window, the consent and the connection may have changed.
/// </summary>
/// <remarks>Platform rules: customer service windows, messaging policy (opt-out), "Send messages" (limits).</remarks>
public static class SendPolicy
{
    /// <summary>Whether this person may send this content now.</summary>
    /// <param name="actor">Who sends; null at dispatch, when the person's right was already checked.</param>
    /// <param name="circumstances">What must be known.</param>
    /// <param name="content">What to say; null to ask whether a free-form reply could be sent at all.</param>
    public static SendDecision Decide(Actor? actor, SendCircumstances circumstances, MessageContent? content)
    {
        ArgumentNullException.ThrowIfNull(circumstances);
        if (actor is not null && !MaySend(actor, circumstances.Conversation, content))
        {
            return new NotPermitted();
        }

        if (circumstances.Conversation.IsGroup)
        {
            return new GroupIsReadOnly();
        }

        if (circumstances.Connection != ConnectionState.Ready)
        {
            return new ConnectionNotReady(circumstances.Connection);
        }

        if (circumstances.Contact.BlockedAt is not null || circumstances.Contact.RestrictedAt is not null)
        {
            return new Restricted(circumstances.Contact.BlockedAt is not null);
        }

        var invalid = Check(content);
        if (invalid is not null)
        {
            return invalid;
        }

        return content switch
        {
            TemplateContent template => DecideTemplate(circumstances.Contact.Consent, template.Category),
            _ => DecideReply(circumstances),
        };
    }

    /// <summary>Whether a template of this category could be sent, apart from who sends it.</summary>
    public static SendDecision DecideTemplate(Consent consent, TemplateCategory category)
    {
        ArgumentNullException.ThrowIfNull(consent);
        if (consent.AllowsTemplate(category))
        {
            return new Allowed();
        }

        return consent.IsAllStopped ? new OptedOut(consent.AllStoppedAt, OptOutReason.AllStopped)
            : consent.IsMarketingStopped ? new OptedOut(consent.MarketingStoppedAt, OptOutReason.MarketingStopped)
            : new OptedOut(null, OptOutReason.NoMarketingConsent);
    }

    /// <summary>Whether the message is what the template, as it is now, makes of its values; null if it is.</summary>
    public static Invalid? CheckTemplate(Template template, TemplateContent content)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(content);
        return !template.IsApproved ? new Invalid(InvalidReason.TemplateNotApproved)
            : !template.Fits(content) ? new Invalid(InvalidReason.TemplateValueMissing)
            : CheckValues(content);
    }

    /// <summary>
    /// Why a template message that waited returns to its sender instead of being sent: its template is not any more what it
    /// was when the message was written. Null if it still may be sent.
    /// </summary>
    /// <param name="template">The template as it is now; null if there is none any more.</param>
    /// <param name="content">The message that waited.</param>
    /// <param name="consent">What the contact agreed to.</param>
    public static PlatformFault? CheckWaiting(Template? template, TemplateContent content, Consent consent)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(consent);
        var code = template switch
        {
            null => OwnFaults.TemplateDeleted,
            { IsApproved: false } => template.Status.ToUpperInvariant() switch
            {
                "PAUSED" => OwnFaults.TemplatePaused,
                "DISABLED" => OwnFaults.TemplateDisabled,
                "REJECTED" => OwnFaults.TemplateRejected,
                "DELETED" or "PENDING_DELETION" => OwnFaults.TemplateDeleted,
                _ => OwnFaults.TemplateNotApproved,
            },
            _ when !template.Fits(content) => OwnFaults.TemplateChanged,
            _ when template.Category != content.Category && !DecideTemplate(consent, template.Category).IsAllowed => OwnFaults.TemplateNowMarketing,
            _ => 0,
        };
        return code == 0 ? null : OwnFaults.Fault(code);
    }

    /// <summary>What is wrong with a message by itself, whoever sends it where and when; null if nothing is.</summary>
    /// <param name="content">What to say; null is nothing wrong.</param>
    public static Invalid? Check(MessageContent? content) => content switch
    {
        null => null,
        TextContent text when string.IsNullOrWhiteSpace(text.Body) => new Invalid(InvalidReason.Empty),
        TextContent { Body.Length: > TextContent.MaxLength } text => new Invalid(InvalidReason.TooLong, text.Body.Length),
        TextContent => null,
        TemplateContent template => CheckValues(template),
        ImageContent or VideoContent or AudioContent or DocumentContent or StickerContent => MediaLimits.CheckContent(content),
        LocationContent location => PlainLimits.Check(location),
        ContactCardsContent cards => PlainLimits.Check(cards),
        ReactionContent reaction => PlainLimits.Check(reaction),
        ButtonsContent buttons => InteractiveLimits.Check(buttons),
        ListContent list => InteractiveLimits.Check(list),
        LinkButtonContent link => InteractiveLimits.Check(link),
        LocationRequestContent request => InteractiveLimits.Check(request),
        ProductContent product => ProductLimits.Check(product),
        ProductListContent products => ProductLimits.Check(products),
        _ => new Invalid(InvalidReason.NotSendable),
    };

    private static bool MaySend(Actor actor, Conversation conversation, MessageContent? content) =>
        actor.Workspace == conversation.WorkspaceId
        && actor.MaySee(conversation.Holding)
        && actor.May(content is TemplateContent ? Permission.SendTemplates : Permission.SendMessages);

    private static SendDecision DecideReply(SendCircumstances c)
    {
        var consent = c.Contact.Consent;
        var isOpen = c.Conversation.Window.IsOpenAt(c.Now);
        if (c.Origin == MessageOrigin.StopConfirmation)
        {
            return isOpen ? new Allowed() : new NeedsTemplate(c.Conversation.Window.ClosesAt);
        }

        if (consent.IsAllStopped && !(consent.WroteAfterStop && isOpen))
        {
            return new OptedOut(consent.AllStoppedAt, OptOutReason.AllStopped);
        }

        return isOpen ? new Allowed(consent.IsAllStopped) : new NeedsTemplate(c.Conversation.Window.ClosesAt);
    }

    private static Invalid? CheckValues(TemplateContent content)
    {
        var values = Words(content).ToList();
        return values.Exists(string.IsNullOrWhiteSpace) ? new Invalid(InvalidReason.TemplateValueMissing)
            : values.Exists(v => !Template.IsOneLine(v)) ? new Invalid(InvalidReason.TemplateValueNotAllowed)
            : content.RenderedText.Length > TemplateLimits.Body ? new Invalid(InvalidReason.TemplateTooLong, content.RenderedText.Length)
            : null;
    }

    private static IEnumerable<string> Words(TemplateContent content) =>
    [
        .. HeaderWords(content.Header),
        .. content.BodyParameters,
        .. ButtonWords(content.ButtonValues),
        .. (content.Cards ?? []).SelectMany(c => HeaderWords(c.Header).Concat(c.BodyParameters).Concat(ButtonWords(c.Buttons))),
    ];

    private static IEnumerable<string> HeaderWords(TemplateHeaderValue? header) => header?.Value is TextValue text ? [text.Text] : [];

    private static IEnumerable<string> ButtonWords(IReadOnlyList<TemplateButtonValue>? buttons) =>
        (buttons ?? []).Where(b => b.Kind != TemplateButtonKind.Flow).Select(b => b.Value);
}
