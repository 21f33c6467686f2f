using Microsoft.AspNetCore.Components;
using Weflux.Domain.Team;
using Weflux.Web.Team;

namespace Weflux.Web.Billing;

/// <summary>The billing details of a workspace.</summary>
public sealed partial class BillingPage
{
    private readonly BillingInput _input = new();
    private BillingView? _view;
    private Actor? _shown;
    private string? _fault;
    private string? _gstinFault;
    private bool _isForbidden;
    private bool _isSaved;
    private bool _isBusy;

    [Parameter]
    public string Workspace { get; set; } = "";

    /// <summary>Who looks, as the layout read it: it changes when the person's role does.</summary>
    [CascadingParameter]
    private Actor Actor { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private BillingQuery Query { get; set; } = null!;

    [Inject]
    private SaveBillingDetails Save { get; set; } = null!;

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Actor)
        {
            _shown = Actor;
            await ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        _view = await CurrentActor.FindAsync(Workspace) is { } actor ? await Query.GetAsync(actor) : null;
        _isForbidden = _view is null;
        if (_view is { } view)
        {
            (_input.CompanyName, _input.Gstin, _input.Address) = (view.CompanyName, view.Gstin ?? "", view.Address);
            (_input.InvoiceEmail, _input.PlanName) = (view.InvoiceEmail, view.PlanName ?? "");
        }
    }

    private void Touch() => (_fault, _gstinFault, _isSaved) = (null, null, false);

    private async Task SubmitAsync()
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        Touch();
        try
        {
            var answer = await CurrentActor.FindAsync(Workspace) is { } actor ? await Save.ExecuteAsync(actor, _input) : new BillingAnswer(BillingOutcome.NotAllowed);
            _isSaved = answer.Outcome == BillingOutcome.Saved;
            _fault = _isSaved ? null : answer.Outcome == BillingOutcome.WrongGstin ? "Not saved. Mend the GSTIN first." : Words(answer);
            _gstinFault = answer.Outcome == BillingOutcome.WrongGstin ? Words(answer) : null;
        }
        finally
        {
            _isBusy = false;
        }

        if (_isSaved)
        {
            await ReadAsync();
        }
    }

    private static string Words(BillingAnswer answer) => answer.Outcome switch
    {
        BillingOutcome.NotAllowed => "Only an Admin may change this. Ask one of yours.",
        BillingOutcome.WrongEmail => "That is no e-mail address. Enter one such as accounts@example.com, or leave it empty.",
        BillingOutcome.WrongName => "Enter the name of the company.",
        _ => answer.Fault switch
        {
            GstinFault.WrongLength => "A GSTIN has 15 characters. Check whether some are missing or doubled.",
            GstinFault.WrongShape => "A GSTIN is two digits, the ten characters of the PAN, and three more. A letter stands where a digit belongs, or the other way round.",
            GstinFault.UnknownState => "The first two digits name no state of India. Check them.",
            _ => "The last character does not fit the others, so one of them is mistyped. Compare it with your certificate.",
        },
    };
}
