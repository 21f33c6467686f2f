using Weflux.Domain.Sending;

namespace Weflux.Web.Templates;

/// <summary>A file that is shown in the preview of a template.</summary>
/// <param name="Kind">The place it fills.</param>
/// <param name="Address">Where it is.</param>
public sealed record PreviewFile(TemplateSlotKind Kind, string Address)
{
    public string Thumbnail => $"{Address}/thumbnail";
}
