using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.Sending;
using Weflux.Web.Team;
using Weflux.Web.Templates;

namespace Weflux.Web.Inbox;

/// <summary>Chooses a template, fills it in and sends it.</summary>
public sealed partial class TemplatePicker
{
    private readonly Guid _draftId = Guid.CreateVersion7();
    private TemplateList? _list;
    private TemplateChoice? _choice;
    private IReadOnlyList<string> _variables = [];
    private string[] _values = [];
    private ElementReference[] _inputs = [];
    private ReplyNotice? _refusal;
    private string _search = "";
    private bool _isChecked;
    private bool _isBusy;
    private int? _focus;

    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter, EditorRequired]
    public ThreadHead Head { get; set; } = null!;

    /// <summary>What was typed for a free reply, offered as a value.</summary>
    [Parameter]
    public string Typed { get; set; } = "";

    [CascadingParameter]
    private IMudDialogInstance? Dialog { get; set; }

    [Inject]
    private TemplateListQuery Query { get; set; } = null!;

    [Inject]
    private SendReply SendReply { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    // WhatsApp takes no line breaks in values.
    private string TypedInOneLine => Spaces().Replace(Typed, " ").Trim();

    protected override async Task OnInitializedAsync()
    {
        _list = await CurrentActor.FindAsync(Workspace) is { } actor
            ? await Query.GetAsync(actor, Head.ConversationId, CancellationToken.None)
            : new TemplateList([], "You are not a member of this workspace any more.");
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is { } at && at < _inputs.Length)
        {
            _focus = null;
            await _inputs[at].FocusAsync();
        }
    }

    private IEnumerable<TemplateChoice> Found(TemplateList list) => list.Templates
        .Where(c => _search.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(w =>
            c.Template.Name.Contains(w, StringComparison.OrdinalIgnoreCase)
            || c.Template.Body.Contains(w, StringComparison.OrdinalIgnoreCase)))
        .OrderBy(c => c.WhyNot is not null);

    private void Choose(TemplateChoice choice)
    {
        (_choice, _variables) = (choice, choice.Template.Variables());
        _values = [.. _variables.Select(_ => "")];
        _inputs = new ElementReference[_values.Length];
        (_isChecked, _refusal, _focus) = (false, null, 0);
    }

    private void Fill(int at, string? value) => _values = [.. _values.Select((v, i) => i == at ? value ?? "" : v)];

    private bool IsMissing(int at) => string.IsNullOrWhiteSpace(_values[at]);

    private string Label(int at) =>
        _choice?.Template.HasNamedParameters == true ? _variables[at].Replace('_', ' ') : $"Value {_variables[at]}";

    private async Task SendAsync()
    {
        if (_choice is not { } choice)
        {
            return;
        }

        _isChecked = true;
        if (Array.FindIndex(_values, string.IsNullOrWhiteSpace) is var missing and >= 0)
        {
            _focus = missing;
            return;
        }

        _isBusy = true;
        var template = choice.Template;
        var values = _values.Select(v => v.Trim()).ToList();
        var content = new TemplateContent(
            template.Name, template.Language, template.Category, values, template.Render(values),
            template.HasNamedParameters ? _variables : []);
        var result = await CurrentActor.FindAsync(Workspace) is { } actor
            ? await SendReply.ExecuteAsync(actor, Head.ConversationId, content, _draftId)
            : null;
        _isBusy = false;
        if (result?.Decision.IsAllowed == true)
        {
            Dialog?.Close(new TemplateSent(TypedInOneLine.Length > 0 && values.Contains(TypedInOneLine, StringComparer.Ordinal)));
        }
        else
        {
            _refusal = ReplyWords.Explain(result?.Decision ?? new NotPermitted(), Head.Contact, ScreenClock.Utc);
        }
    }

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex Spaces();
}

/// <summary>A template was sent.</summary>
/// <param name="UsedTyped">Whether the typed text went with it, so that it need not be kept.</param>
public sealed record TemplateSent(bool UsedTyped);
