using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Team;

namespace Weflux.Web.Templates;

/// <summary>Where a template is written, edited or copied.</summary>
public sealed partial class TemplateEditorPage
{
    private TemplateForm? _form;
    private TemplateDraft? _draft;
    private TemplateView? _edited;
    private IReadOnlyList<TemplateAccountView> _accounts = [];
    private IReadOnlyList<DraftFault> _faults = [];
    private TemplateRefusal? _refusal;
    private (string, long?, long?)? _shown;
    private bool _isForbidden;
    private bool _isGone;
    private bool _isWithoutNumber;
    private bool _isChanged;
    private string? _whyNotWritten;
    private bool _isChecked;
    private bool _isBusy;

    [Parameter]
    public string Workspace { get; set; } = "";

    /// <summary>The template that is edited; null for a new one.</summary>
    [Parameter]
    public long? Id { get; set; }

    /// <summary>The template that a new one is copied from.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    private long? FromId => long.TryParse(From, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private TemplatesQuery Query { get; set; } = null!;

    [Inject]
    private CreateTemplate Create { get; set; } = null!;

    [Inject]
    private EditTemplate Edit { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    private string BackHref => Id is { } id ? FormattableString.Invariant($"/w/{Workspace}/settings/templates/{id}") : $"/w/{Workspace}/settings/templates";

    private bool IsCategoryFixed => _edited?.Row.Template.IsApproved == true;

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != (Workspace, Id, FromId))
        {
            _shown = (Workspace, Id, FromId);
            await OpenAsync();
        }
    }

    private async Task OpenAsync()
    {
        (_form, _edited, _faults, _refusal, _isChecked, _isGone) = (null, null, [], null, false, false);
        (_isWithoutNumber, _whyNotWritten) = (false, null);
        var actor = await CurrentActor.FindAsync(Workspace);
        var all = actor is null ? null : await Query.ListAsync(actor);
        if (actor is null || all is null)
        {
            _isForbidden = true;
            return;
        }

        _accounts = [.. all.Accounts.Where(a => a.IsLive)];
        var source = (Id ?? FromId) is { } id ? await Query.FindAsync(actor, id) : null;
        _isGone = (Id ?? FromId) is not null && source is null;
        _isWithoutNumber = !_isGone && _accounts.Count == 0;
        _whyNotWritten = source is null ? null : TemplateWords.WhyNotWritten(source.Row.Template);
        if (_isGone || _isWithoutNumber || _whyNotWritten is not null)
        {
            return;
        }

        _edited = Id is null ? null : source;
        _form = source is null ? new TemplateForm { WabaId = _accounts[0].WabaId } : TemplateForm.Of(source.Row.WabaId, source.Row.Template);
        if (Id is null && source is not null)
        {
            _form.Name = Copied(source.Row.Template.Name, all.Templates.Select(t => t.Template.Name).ToHashSet(StringComparer.Ordinal));
        }

        Look();
        _isChanged = false;
    }

    private async Task AskBeforeLeavingAsync(LocationChangingContext context)
    {
        if (_isChanged && !await Js.InvokeAsync<bool>("confirm", context.CancellationToken, "Leave without sending the template for review? What you wrote is lost."))
        {
            context.PreventNavigation();
        }
    }

    /// <summary>A name for a copy that is not taken.</summary>
    private static string Copied(string name, HashSet<string> taken) => Enumerable.Range(1, taken.Count + 2)
        .Select(i => i == 1 ? $"{name}_copy" : FormattableString.Invariant($"{name}_copy_{i}")).First(n => !taken.Contains(n));

    /// <summary>Reads the form again, after each change: the preview follows, and so do the faults once they were shown.</summary>
    private void Look()
    {
        _isChanged = true;
        _draft = _form!.ToDraft();
        _refusal = null;
        _faults = _isChecked ? TemplateDraftRules.Check(_draft) : [];
    }

    private static List<TemplateSlot> Slots(TemplateForm form) =>
        [.. form.ToDraft().Template.Slots().Where(s => s.Kind is TemplateSlotKind.Text or TemplateSlotKind.UrlEnding or TemplateSlotKind.Coupon)];

    private static Dictionary<string, TemplateValue> Shown(Template template) => TemplatePage.ExampleValues(template);

    private string? FaultOf(string field) =>
        _refusal is { } refusal && refusal.Field == field ? refusal.Words
        : _faults.FirstOrDefault(f => f.Field == field) is { } fault ? TemplateWords.Fault(fault, IsFile(field))
        : null;

    private bool IsFile(string field) => field == "header" ? _form!.Header is not TemplateHeaderFormat.Text : field.EndsWith(".header", StringComparison.Ordinal);

    private string? Invalid(string field) => FaultOf(field) is null ? null : "true";

    private void SetExample(string slotId, string? typed)
    {
        _form!.Examples[slotId] = typed ?? "";
        Look();
    }

    private void ChooseHeader(ChangeEventArgs e)
    {
        _form!.Header = Enum.TryParse<TemplateHeaderFormat>(e.Value as string, out var format) ? format : null;
        _form.HeaderSample = new SampleFile();
        Look();
    }

    private void Renew(CardForm card)
    {
        card.Sample = new SampleFile();
        Look();
    }

    private void AddVariable()
    {
        var space = _form!.Body.Length == 0 || char.IsWhiteSpace(_form.Body[^1]) ? "" : " ";
        _form.Body += space + "{{" + _form.NextVariable() + "}}";
        Look();
    }

    private void AddCard()
    {
        _form!.Cards.Add(new CardForm());
        if (_form.Cards.Count == 1)
        {
            _form.Cards.Add(new CardForm());
        }

        Look();
    }

    private void RemoveCard(CardForm card)
    {
        _form!.Cards.Remove(card);
        Look();
    }

    private async Task SubmitAsync()
    {
        if (_isBusy)
        {
            return;
        }

        _isChecked = true;
        Look();
        if (_faults.Count > 0)
        {
            return;
        }

        _isBusy = true;
        try
        {
            var answer = await CurrentActor.FindAsync(Workspace) is not { } actor ? TemplateAnswer.NotFound
                : Id is { } id ? await Edit.ExecuteAsync(actor, id, _draft!)
                : await Create.ExecuteAsync(actor, _form!.WabaId, _draft!);
            Take(answer);
        }
        finally
        {
            _isBusy = false;
        }
    }

    private void Take(TemplateAnswer answer)
    {
        switch (answer.Outcome)
        {
            case TemplateOutcome.Taken:
                _isChanged = false;
                Navigation.NavigateTo(FormattableString.Invariant($"/w/{Workspace}/settings/templates/{answer.Id}"));
                break;
            case TemplateOutcome.NotFound:
                _refusal = new TemplateRefusal(null, "You may not change templates here any more, or no number of the account is connected.");
                break;
            default:
                (_faults, _refusal) = (answer.Faults ?? [], answer.Refusal);
                break;
        }
    }

    private static string Edited(int count) => count switch
    {
        0 => "not edited",
        1 => "edited once",
        _ => $"edited {count} times",
    };

    private static string CategoryHint(TemplateCategory category) => category switch
    {
        TemplateCategory.Marketing => "Offers and news. It goes only to customers who agreed to marketing.",
        TemplateCategory.Authentication => "Codes to sign in with. They are sent by programs.",
        _ => "About something the customer ordered, booked or asked. If it advertises, Meta makes it marketing.",
    };
}
