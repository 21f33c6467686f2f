using Microsoft.AspNetCore.Components;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Team;

namespace Weflux.Web.Work.Labels;

/// <summary>The labels of a workspace, and its reasons for closing.</summary>
public sealed partial class LabelsPage
{
    private LabelsPageView? _view;
    private Actor? _shown;
    private bool _isForbidden;
    private bool _isBusy;
    private string _name = "";
    private LabelColor _color = LabelColor.Blue;
    private string? _fault;
    private string _said = "";
    private long? _edited;
    private string _editName = "";
    private LabelColor _editColor;
    private string? _editFault;
    private long? _asks;
    private string _reason = "";
    private string? _reasonFault;
    private string _reasonSaid = "";

    [Parameter]
    public string Workspace { get; set; } = "";

    /// <summary>Who looks, as the layout read it: it changes when the person's role does.</summary>
    [CascadingParameter]
    private Actor Actor { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private LabelsQuery Query { get; set; } = null!;

    [Inject]
    private MakeLabel MakeLabel { get; set; } = null!;

    [Inject]
    private EditLabel EditLabel { get; set; } = null!;

    [Inject]
    private DeleteLabel DeleteLabel { get; set; } = null!;

    [Inject]
    private AddCloseReason AddReason { get; set; } = null!;

    [Inject]
    private RemoveCloseReason RemoveReason { get; set; } = null!;

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
        var view = await CurrentActor.FindAsync(Workspace) is { } actor ? await Query.ForEditingAsync(actor) : null;
        (_view, _isForbidden) = (view, view is null);
    }

    private async Task MakeAsync()
    {
        (_fault, _said) = (null, "");
        if (await RunAsync(actor => MakeLabel.ExecuteAsync(actor, _name, _color)) is var outcome && Explain(outcome, "label", Label.Most, Label.MaxName) is { } fault)
        {
            _fault = fault;
            return;
        }

        (_said, _name) = ($"“{_name.Trim()}” is made.", "");
    }

    private void Edit(LabelView label) => (_edited, _editName, _editColor, _editFault, _asks) = (label.Id, label.Name, label.Color, null, null);

    private async Task SaveAsync()
    {
        if (_edited is { } id)
        {
            _editFault = Explain(await RunAsync(actor => EditLabel.ExecuteAsync(actor, id, _editName, _editColor)), "label", Label.Most, Label.MaxName);
            _edited = _editFault is null ? null : _edited;
        }
    }

    private async Task DeleteAsync(LabelView label)
    {
        _asks = null;
        _fault = Explain(await RunAsync(actor => DeleteLabel.ExecuteAsync(actor, label.Id)), "label", Label.Most, Label.MaxName);
        _said = _fault is null ? $"“{label.Name}” is gone." : "";
    }

    private void TypeReason(string? typed) => (_reason, _reasonFault, _reasonSaid) = (typed ?? "", null, "");

    private async Task AddReasonAsync()
    {
        _reasonFault = Explain(await RunAsync(actor => AddReason.ExecuteAsync(actor, _reason)), "reason", CloseReason.Most, CloseReason.MaxName);
        if (_reasonFault is null)
        {
            (_reasonSaid, _reason) = ($"“{_reason.Trim()}” is added.", "");
        }
    }

    private async Task RemoveReasonAsync(ReasonView reason)
    {
        _reasonFault = Explain(await RunAsync(actor => RemoveReason.ExecuteAsync(actor, reason.Id)), "reason", CloseReason.Most, CloseReason.MaxName);
        _reasonSaid = _reasonFault is null ? $"“{reason.Name}” is removed." : "";
    }

    private async Task<LabelOutcome> RunAsync(Func<Actor, Task<LabelOutcome>> workAsync)
    {
        if (_isBusy)
        {
            return LabelOutcome.Saved;
        }

        _isBusy = true;
        try
        {
            var outcome = await CurrentActor.FindAsync(Workspace) is { } actor ? await workAsync(actor) : LabelOutcome.NotAllowed;
            await ReadAsync();
            return outcome;
        }
        finally
        {
            _isBusy = false;
        }
    }

    private static string? Explain(LabelOutcome outcome, string what, int most, int longest) => outcome switch
    {
        LabelOutcome.Saved => null,
        LabelOutcome.NotAllowed => "Only Managers and Admins may change this. Ask one of yours.",
        LabelOutcome.NotFound => $"That {what} is gone already.",
        LabelOutcome.Taken => $"There is a {what} of that name. Choose another name.",
        LabelOutcome.Full => $"There are {most} already, which is as many as there can be. Delete one first.",
        _ => $"Give the {what} a name of at most {longest} characters, on one line.",
    };
}
