namespace Weflux.Simulator.Graph.Templates;

/// <summary>
/// The reviewer. A name says what is thought of a template: one with "reject" in it is rejected, one with "pause" is
/// approved and then paused, one with "wait" stays in review until the control API decides, and all others are approved.
/// </summary>
internal sealed class TemplateReview(TemplateNews news, TemplateCatalogue catalogue, TimeProvider time)
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(700);

    public void Begin(SimulatedNumber number, SimulatedTemplate template)
    {
        if (!template.Name.Contains("wait", StringComparison.Ordinal))
        {
            _ = DecideAsync(number, template);
        }
    }

    private async Task DecideAsync(SimulatedNumber number, SimulatedTemplate template)
    {
        await Task.Delay(Delay, time);

        // Somebody may have decided, or deleted it, meanwhile.
        if (catalogue.FindById(number.WabaId, template.Id)?.Status != "PENDING")
        {
            return;
        }

        if (template.Name.Contains("reject", StringComparison.Ordinal))
        {
            news.Decide(number, template.Id, "REJECTED", "TAG_CONTENT_MISMATCH", recommendation: "Write it in the language that you chose.");
            return;
        }

        news.Decide(number, template.Id, "APPROVED");
        if (template.Name.Contains("pause", StringComparison.Ordinal))
        {
            await Task.Delay(Delay, time);
            news.Decide(number, template.Id, "PAUSED", title: "FIRST_PAUSE");
        }
    }
}
