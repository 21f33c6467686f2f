using Microsoft.AspNetCore.Components;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Team;

namespace Weflux.Web.Replies;

/// <summary>A person's canned replies and everybody's.</summary>
public sealed partial class RepliesPage
{
    private RepliesPageView? _view;
    private Actor? _shown;
    private bool _isForbidden;
    private bool _isBusy;
    private bool _isNew;
    private int _made;
    private long? _edited;
    private long? _asks;
    private string _search = "";
    private string _said = "";
    private string? _fault;

    [Parameter]
    public string Workspace { get; set; } = "";

    /// <summary>Who looks, as the layout read it: it changes when the person's role does.</summary>
    [CascadingParameter]
    private Actor Actor { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private RepliesQuery Query { get; set; } = null!;

    [Inject]
    private DeleteReply DeleteReply { get; set; } = null!;

    private Dictionary<string, string> FieldNames => (_view?.Fields ?? []).ToDictionary(f => ReplyText.Field + f.Key, f => f.Name, StringComparer.Ordinal);

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

    private IEnumerable<(string Title, string Hint, IReadOnlyList<ReplyRow> Rows)> Parts(RepliesPageView view)
    {
        // What is being written stays, whatever is looked for.
        var found = view.Replies.Where(r => r.Id == _edited || Fits(r)).ToList();
        yield return ("Yours", "None yet. Write one for what you answer every day.", found.FindAll(r => !r.IsShared));
        yield return ("Everybody's", view.MayShare ? "None yet. Write one and choose “Everybody”." : "None yet. Managers and Admins write them.", found.FindAll(r => r.IsShared));
    }

    private bool Fits(ReplyRow row)
    {
        var words = _search.Trim().TrimStart('/');
        return row.Shortcut.Contains(words, StringComparison.CurrentCultureIgnoreCase) || row.Text.Contains(words, StringComparison.CurrentCultureIgnoreCase);
    }

    private static string Facts(ReplyRow row)
    {
        var used = row.UseCount switch { 0 => "Not used yet", 1 => "Used once", var n => $"Used {n:N0} times" };
        return row.Files.Count switch { 0 => used, 1 => $"{used} · 1 file", var n => $"{used} · {n} files" };
    }

    private void Begin() => (_isNew, _said, _fault, _made) = (true, "", null, _made + 1);

    private void Edit(ReplyRow row) => (_edited, _asks, _said, _fault) = (row.Id, null, "", null);

    /// <summary>Another reply that is being written beside it stays open.</summary>
    private async Task HandleSavedAsync(string shortcut, bool isNew)
    {
        (_isNew, _edited) = isNew ? (false, _edited) : (_isNew, null);
        (_said, _fault) = ($"“/{shortcut}” is saved.", null);
        await ReadAsync();
    }

    private async Task DeleteAsync(ReplyRow row)
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        try
        {
            var outcome = await CurrentActor.FindAsync(Workspace) is { } actor ? await DeleteReply.ExecuteAsync(actor, row.Id) : ReplyOutcome.NotAllowed;
            _asks = null;
            _fault = ReplyFaults.Explain(new ReplyAnswer(outcome), row.IsShared);
            _said = _fault is null ? $"“/{row.Shortcut}” is gone." : "";
            await ReadAsync();
        }
        finally
        {
            _isBusy = false;
        }
    }
}
