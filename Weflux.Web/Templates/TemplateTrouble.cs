using System.Net;
using Weflux.Domain.Sending;
using Weflux.Web.CloudApi;

namespace Weflux.Web.Templates;

/// <summary>What the platform says against a template.</summary>
/// <param name="Field">Beside which field it is shown; null for all of it.</param>
/// <param name="Words">What is wrong, and what to do.</param>
public sealed record TemplateRefusal(string? Field, string Words);

/// <summary>Refusals and silences of the platform about templates, in plain words.</summary>
internal static class TemplateTrouble
{
    /// <summary>The platform asks for rest.</summary>
    public const string SlowDown = "Meta asks us to slow down. It is tried again in some minutes.";

    public static string Words(CloudApiException exception) =>
        exception.Status == HttpStatusCode.TooManyRequests || exception.Fault is { Code: 4 or 80007 or 80008 }
            ? SlowDown
        : exception.Fault is null ? "Meta could not be reached. It is tried again in some minutes."
        : exception.Fault.Code == 100 ? $"Meta refused: {exception.Fault.Details ?? exception.Fault.Title}"
        : PlatformErrors.Explain(exception.Fault.Code);

    /// <summary>A refusal of a template that somebody wrote, beside the field it speaks of.</summary>
    public static TemplateRefusal Of(CloudApiException exception)
    {
        if (exception.Fault is not { } fault)
        {
            return new TemplateRefusal(null, "Meta did not answer, so it is not known whether it took this. Click “Sync now” in a minute and look for it in the list before you try again.");
        }

        var said = fault.Details ?? fault.Title;
        return (Specific(fault.Code) ?? Specific(exception.Subcode ?? 0)) is { } known
            ? known with { Words = said.Length > 0 ? $"{known.Words} Meta says: {said}" : known.Words }
            : new TemplateRefusal(null, fault.Code == 100 ? $"Meta refused it: {said}" : $"{PlatformErrors.Explain(fault.Code)}{(said.Length > 0 ? $" Meta says: {said}" : "")}");
    }

    private static TemplateRefusal? Specific(int code) => code switch
    {
        2388019 => new(null, "The account has as many templates as Meta allows. Delete some first."),
        2388039 => new(null, "Meta does not let this template be edited now."),
        2388040 => new("body", "It is too long for Meta."),
        2388047 => new("header", "Meta does not take the header."),
        2388072 => new("body", "Meta does not take the body."),
        2388073 => new("footer", "Meta does not take the footer."),
        2388293 => new("body", "There are too many variables for so few words. Write more, or use fewer."),
        2388299 => new("body", "A variable stands at the beginning or the end. Put words around it."),
        131064 => new(null, "Meta stopped new templates for a while because earlier ones were put into the wrong category."),
        _ => null,
    };
}
