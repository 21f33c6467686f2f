using Microsoft.AspNetCore.Components;
using Weflux.Domain.Team;
using Weflux.Web.Contacts;
using Weflux.Web.Team;

namespace Weflux.Web.AddressBook;

/// <summary>What the lists of fields and of stages have in common.</summary>
public abstract class CatalogPart : ComponentBase
{
    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    /// <summary>Told when something was changed, so that the page reads again.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Inject]
    protected CurrentActor CurrentActor { get; set; } = null!;

    /// <summary>What is wrong with what is typed into the form.</summary>
    protected string? Fault { get; private set; }

    /// <summary>What could not be done to a row.</summary>
    protected string? RowFault { get; private set; }

    protected string Told { get; private set; } = "";

    protected bool IsBusy { get; private set; }

    protected void Touch() => (Fault, RowFault, Told) = (null, null, "");

    protected async Task<bool> SaveAsync(Func<Actor, Task<ContactAnswer>> work) => (Fault = await RunAsync(work)) is null;

    protected async Task ArrangeAsync(Func<Actor, Task<ContactAnswer>> work) => RowFault = await RunAsync(work);

    private async Task<string?> RunAsync(Func<Actor, Task<ContactAnswer>> work)
    {
        if (IsBusy)
        {
            return "One moment: the last change is not done yet.";
        }

        Touch();
        IsBusy = true;
        try
        {
            var answer = await CurrentActor.FindAsync(Workspace) is { } actor ? await work(actor) : new ContactAnswer(ContactOutcome.NotAllowed);
            if (answer.Words is { } words)
            {
                return answer.Outcome == ContactOutcome.NotFound ? "It is not there any more. Load the page again." : words;
            }
        }
        finally
        {
            IsBusy = false;
        }

        Told = "Saved";
        await OnChanged.InvokeAsync();
        return null;
    }
}
