using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.App;
using Weflux.Web.Live;
using Weflux.Web.Team;
using Weflux.Web.Templates;

namespace Weflux.Web.Inbox;

/// <summary>Chooses a template and fills it in. Whoever shows it decides what happens to the message that is made.</summary>
public sealed partial class TemplateChooser : IDisposable
{
    private readonly Dictionary<string, string> _raw = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TemplateSlotField> _fields = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Name, string Language), ElementReference> _rows = [];
    private ElementReference _searchBox;
    private TemplateChoice? _choice;
    private IReadOnlyList<TemplateSlot> _slots = [];
    private IReadOnlyList<SlotFault> _faults = [];
    private LiveTemplates? _live;
    private bool _isGone;
    private string? _lost;
    private string _search = "";
    private bool _isSyncing;
    private string? _guessedFor;
    private string? _focus;
    private bool _focusesSearch = true;

    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter, EditorRequired]
    public TemplateList List { get; set; } = null!;

    /// <summary>What was typed for a free reply, offered as a value.</summary>
    [Parameter]
    public string Typed { get; set; } = "";

    /// <summary>The templates changed: the list is to be read again.</summary>
    [Parameter]
    public EventCallback OnStale { get; set; }

    /// <summary>Whether the list would be another one now: asked when anything changed in the workspace.</summary>
    [Parameter, EditorRequired]
    public Func<Task<bool>> IsStale { get; set; } = null!;

    [Parameter]
    public EventCallback<Template> OnChosen { get; set; }

    /// <summary>What was chosen can be sent no more.</summary>
    [Parameter]
    public EventCallback OnLost { get; set; }

    /// <summary>Somebody typed a value.</summary>
    [Parameter]
    public EventCallback OnFilledIn { get; set; }

    /// <summary>Whether the search takes the focus at first.</summary>
    [Parameter]
    public bool TakesFocus { get; set; } = true;

    [CascadingParameter]
    public ScreenClock Clock { get; set; } = ScreenClock.Utc;

    [Inject]
    private SyncTemplates Sync { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private TemplateSignals Signals { get; set; } = null!;

    [Inject]
    private ChangeBeat Beat { get; set; } = null!;

    /// <summary>Whether what was typed goes with the message, so that it need not be kept.</summary>
    public bool UsedTyped => TypedInOneLine.Length > 0 && _raw.Values.Any(v => string.Equals(v.Trim(), TypedInOneLine, StringComparison.Ordinal));

    /// <summary>Whether a template is chosen.</summary>
    public bool HasChoice => _choice is not null;

    /// <summary>Whether somebody typed values, which leaving would lose.</summary>
    public bool IsFilledIn { get; private set; }

    // WhatsApp takes no line breaks in values.
    private string TypedInOneLine => Spaces().Replace(Typed, " ").Trim();

    private IReadOnlyDictionary<string, TemplateValue> Values => SlotInput.Read(_slots, _raw);

    /// <summary>Where what was typed is offered: never over a name that was filled in.</summary>
    private TemplateSlot? FirstWords => _slots.FirstOrDefault(s => s.Kind == TemplateSlotKind.Text && string.IsNullOrWhiteSpace(Raw(s)));

    private List<TemplateChoice> Found =>
        [.. List.Templates.Where(c => _search.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(w =>
            c.Template.Name.Replace('_', ' ').Contains(w, StringComparison.OrdinalIgnoreCase)
            || c.Template.Name.Contains(w, StringComparison.OrdinalIgnoreCase)
            || c.Template.Body.Contains(w, StringComparison.OrdinalIgnoreCase)
            || TemplateWords.Category(c.Template.Category).Contains(w, StringComparison.OrdinalIgnoreCase)))];

    /// <summary>The message; null if something is missing or wrong, which is shown then and gets the focus.</summary>
    public TemplateContent? TryMake()
    {
        if (_choice is not { } choice)
        {
            return null;
        }

        var values = Values;
        _faults = choice.Template.Check(values);
        if (_faults.Count == 0)
        {
            return choice.Template.Fill(values);
        }

        _focus = _faults[0].SlotId;
        StateHasChanged();
        return null;
    }

    public void Dispose()
    {
        _isGone = true;
        _live?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        if (await CurrentActor.FindAsync(Workspace) is { } actor && !_isGone)
        {
            _live = new LiveTemplates(Signals, Beat, actor.Workspace, () => InvokeAsync(OnStale.InvokeAsync), DispatchExceptionAsync, () => InvokeAsync(LookAsync));
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        // The template may have changed, or be none to send any more.
        if (_choice is { } old)
        {
            var now = List.Templates.FirstOrDefault(IsChosen);
            _choice = now?.WhyNot is null ? now : null;
            if (_choice is null)
            {
                _lost = Lost(now);
                await OnLost.InvokeAsync();
            }
            else if (_choice.Template != old.Template)
            {
                _slots = _choice.Template.Slots();
            }
        }

        if (_choice is { } chosen && List.ContactName != _guessedFor)
        {
            GuessAgain(chosen.Template);
        }
    }

    /// <summary>The customer got another name meanwhile: what was guessed follows it, what a person wrote stays.</summary>
    private void GuessAgain(Template template)
    {
        var (before, now) = (TemplatePrefill.Guess(template, _guessedFor), TemplatePrefill.Guess(template, List.ContactName));
        _guessedFor = List.ContactName;
        foreach (var id in before.Keys.Union(now.Keys).ToList())
        {
            if (_raw.GetValueOrDefault(id) is not { Length: > 0 } raw || (before.GetValueOrDefault(id) as TextValue)?.Text == raw)
            {
                _raw[id] = (now.GetValueOrDefault(id) as TextValue)?.Text ?? "";
                _faults = [.. _faults.Where(f => f.SlotId != id || _raw[id].Length == 0)];
            }
        }
    }

    private async Task LookAsync()
    {
        if (!_isGone && await IsStale())
        {
            await OnStale.InvokeAsync();
        }
    }

    private static string Lost(TemplateChoice? now) => now switch
    {
        null => "This template was deleted meanwhile. Choose another one.",
        { Template.Status: "PAUSED" } => "This template was paused by Meta meanwhile. Choose another one.",
        { Template.IsApproved: false } => "Meta does not let this template be sent any more. Choose another one.",
        _ => $"{now.WhyNot} Choose another template.",
    };

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focusesSearch && TakesFocus && List.Templates.Count > 0)
        {
            _focusesSearch = false;
            await _searchBox.FocusIfShownAsync();
        }

        if (_focus is { } at && _fields.TryGetValue(at, out var field))
        {
            _focus = null;
            await field.FocusAsync();
        }
    }

    private bool IsChosen(TemplateChoice choice) =>
        _choice is { } chosen && choice.Template.Name == chosen.Template.Name && choice.Template.Language == chosen.Template.Language;

    private async Task Choose(TemplateChoice choice)
    {
        // Who clicks the chosen one again wants to go on with it.
        if (choice.WhyNot is not null || IsChosen(choice))
        {
            return;
        }

        (_lost, IsFilledIn) = (null, false);

        (_choice, _slots, _faults) = (choice, choice.Template.Slots(), []);
        _raw.Clear();
        _fields.Clear();
        _guessedFor = List.ContactName;
        foreach (var (id, value) in TemplatePrefill.Guess(choice.Template, _guessedFor))
        {
            _raw[id] = ((TextValue)value).Text;
        }

        _focus = choice.Template.Check(Values) is [var missing, ..] ? missing.SlotId : null;
        await OnChosen.InvokeAsync(choice.Template);
    }

    private string Raw(TemplateSlot slot) => _raw.GetValueOrDefault(slot.Id) ?? "";

    private async Task FillAsync(TemplateSlot slot, string value)
    {
        _raw[slot.Id] = value;
        _faults = [.. _faults.Where(f => f.SlotId != slot.Id)];
        if (!IsFilledIn)
        {
            IsFilledIn = true;
            await OnFilledIn.InvokeAsync();
        }
    }

    /// <summary>The uploaded file of the header, or of a card.</summary>
    private PreviewFile? FileOf(int? card) =>
        _slots.FirstOrDefault(s => s.IsFile && s.Card == card) is { } slot && SlotInput.FileId(Raw(slot)) is { } id
            ? new PreviewFile(slot.Kind, $"/w/{Uri.EscapeDataString(Workspace)}/media/{id}")
            : null;

    private string? FaultOf(TemplateSlot slot) => _faults.FirstOrDefault(f => f.SlotId == slot.Id) is { } fault ? TemplateWords.Fault(fault, slot.IsFile) : null;

    /// <summary>Up and down walk through the list, from the search on.</summary>
    private async Task MoveAsync(KeyboardEventArgs e, int from)
    {
        var to = e.Key switch
        {
            "ArrowDown" => from + 1,
            "ArrowUp" => from - 1,
            _ => int.MinValue,
        };
        if (to == -1)
        {
            await _searchBox.FocusIfShownAsync();
        }
        else if (to >= 0 && Found.ElementAtOrDefault(to) is { Template: { } template } && _rows.TryGetValue((template.Name, template.Language), out var row))
        {
            await row.FocusIfShownAsync();
        }
    }

    private async Task SyncAsync()
    {
        _isSyncing = true;
        StateHasChanged();
        try
        {
            if (await CurrentActor.FindAsync(Workspace) is { } actor)
            {
                await Sync.ExecuteAsync(actor, List.WabaId);
            }

            await OnStale.InvokeAsync();
        }
        finally
        {
            _isSyncing = false;
        }
    }

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex Spaces();
}
