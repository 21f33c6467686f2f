using Weflux.Domain;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Inbox;
using Weflux.Web.Templates;

namespace Weflux.Web.Api.Sending;

/// <summary>Finds the template that a program names and fills it in, or says what is wrong with either.</summary>
internal static class TemplateChoosing
{
    private const string List = "GET /api/v1/templates lists the templates there are.";
    private const int LongestEcho = 100;

    /// <param name="actor">The program.</param>
    /// <param name="list">The templates that could be sent to the customer.</param>
    /// <param name="given">What the program named.</param>
    public static (TemplateContent? Content, ApiSendOutcome? Refusal) Read(Actor actor, TemplateList list, TemplateToSend given)
    {
        if (!actor.May(Permission.SendTemplates))
        {
            return (null, new ApiRefused(new NotPermitted()));
        }

        if (list.WabaId is null)
        {
            return (null, new ApiUnknown());
        }

        var named = list.Templates.Where(c => string.Equals(c.Template.Name, given.Name, StringComparison.Ordinal)).ToList();
        var choice = named.Find(c => string.Equals(c.Template.Language, given.Language, StringComparison.Ordinal));
        return choice switch
        {
            null when named.Count == 0 => Refuse(
                InvalidReason.TemplateUnknown, "'template.name' is the name of no template of this number's account.", list.Problem ?? List),
            null => Refuse(
                InvalidReason.TemplateLanguageUnknown,
                "'template.language' is a language that this template does not have.",
                $"It has {string.Join(", ", named.Select(c => c.Template.Language).Order(StringComparer.Ordinal))}."),
            { Template.IsApproved: false } => Refuse(
                InvalidReason.TemplateNotApproved,
                choice.WhyNot ?? "WhatsApp does not approve this template now.",
                "Send another one, or wait until GET /api/v1/templates says that it is approved."),
            _ => Fill(choice.Template, given),
        };
    }

    private static (TemplateContent? Content, ApiSendOutcome? Refusal) Fill(Template template, TemplateToSend given)
    {
        if (TemplateValues.Read(template, given) is not { } filled)
        {
            return (null, new ApiRefused(new Invalid(InvalidReason.TemplateValueMissing)));
        }

        return template.Check(filled) is [var fault, ..] ? Explain(fault, filled) : (template.Fill(filled), null);
    }

    private static (TemplateContent? Content, ApiSendOutcome? Refusal) Explain(SlotFault fault, IReadOnlyDictionary<string, TemplateValue> filled)
    {
        var place = fault.SlotId.Cut(LongestEcho);
        return fault.Kind switch
        {
            SlotFaultKind.Missing => Refuse(InvalidReason.TemplateValueMissing, $"The place '{place}' of the template has no value.", "Give it one in 'values', 'files' or 'location'."),
            SlotFaultKind.TooLong => (null, new ApiRefused(new Invalid(InvalidReason.TemplateTooLong))),
            SlotFaultKind.NotALink => Refuse(
                InvalidReason.TemplateLinkNotWhole,
                $"The value for '{place}' is not a whole https address.",
                "Give all of it, such as https://example.com/menu.pdf, or upload the file with POST /api/v1/media and name it in 'files'."),
            SlotFaultKind.NoSuchPlace => (null, new ApiRefused(new Invalid(
                filled[fault.SlotId] is LocationValue { Latitude: >= -90 and <= 90 } ? InvalidReason.LongitudeOutOfRange : InvalidReason.LatitudeOutOfRange))),
            SlotFaultKind.NotWanted => Refuse(
                InvalidReason.TemplatePlaceUnknown, $"The template has no place '{place}' for this value.", "GET /api/v1/templates names its places."),
            _ => (null, new ApiRefused(new Invalid(InvalidReason.TemplateValueNotAllowed))),
        };
    }

    private static (TemplateContent? Content, ApiSendOutcome? Refusal) Refuse(InvalidReason reason, string title, string advice) =>
        (null, new ApiRefused(new Invalid(reason), new ReplyNotice(title, advice)));
}
