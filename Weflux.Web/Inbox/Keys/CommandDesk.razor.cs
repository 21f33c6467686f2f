using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Account.Profile;
using Weflux.Web.Team;

namespace Weflux.Web.Inbox.Keys;

/// <summary>The keyboard of a workspace: single letters, the command palette on Ctrl+K, and the sheet that tells of both.</summary>
public sealed partial class CommandDesk : IAsyncDisposable
{
    private const string Conversations = "Conversations";

    private ElementReference _root;
    private DotNetObjectReference<CommandDesk>? _self;
    private IJSObjectReference? _module;
    private IReadOnlyList<InboxCommand> _commands = [];
    private HashSet<string> _there = [];
    private List<DeskItem> _items = [];
    private string _typed = "";
    private int _at;
    private int _asked;
    private bool _isSheet;
    private Task _finding = Task.CompletedTask;
    private bool? _told;

    [Parameter]
    public string Slug { get; set; } = "";

    [CascadingParameter]
    private Actor Actor { get; set; } = null!;

    [CascadingParameter]
    private ProfileView? Profile { get; set; }

    [Inject]
    private PaletteQuery Query { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    private bool HasKeys => Profile?.Preferences.HasKeysOff != true;

    private string? ActiveId => _items.Count == 0 ? null : OptionId(_at);

    private IEnumerable<(string Group, IReadOnlyList<(string Keys, string Name)> Rows)> Sheet =>
        !_isSheet ? [] : InboxCommand.For(Actor).Where(c => c.Key is not null && HasKeys).Select(c => (Keys: c.Shown!, c.Name, c.Group))
            .Concat(InboxCommand.Fixed)
            .GroupBy(r => r.Group, StringComparer.Ordinal)
            .Select(g => (g.Key, (IReadOnlyList<(string, string)>)[.. g.Select(r => (r.Keys, r.Name))]));

    /// <summary>Told by the script what opens, and which buttons of the open conversation are there to be pressed.</summary>
    [JSInvokable]
    public async Task OpenAsync(string dialog, IReadOnlyList<string> there)
    {
        _isSheet |= dialog == InboxCommand.Shortcuts;
        _there = [.. there];
        _commands = await CurrentActor.FindAsync(Slug) is { } actor ? InboxCommand.For(actor) : [];
        await TypeAsync("");
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        if (_module is { } module)
        {
            await module.LeaveAsync(_root);
        }

        _self?.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _module = await Js.InvokeAsync<IJSObjectReference>("import", "./Inbox/Keys/CommandDesk.razor.js");
        }

        if (_module is { } module && _told != HasKeys)
        {
            _told = HasKeys;
            await module.InvokeVoidAsync("enter", _root, _self, new
            {
                keys = InboxCommand.All.Where(c => c.Key is not null).ToDictionary(c => c.Key!, c => c.Id, StringComparer.Ordinal),
                isOn = HasKeys,
            });
        }
    }

    private static string OptionId(int place) => string.Create(CultureInfo.InvariantCulture, $"palette-{place}");

    private async Task TypeAsync(string typed)
    {
        var asked = ++_asked;
        (_typed, _at) = (typed, 0);
        var commands = Commands(typed);
        List<DeskItem> search = [.. SearchFor(typed)];
        _items = [.. commands, .. search];
        if (typed.Trim().Length == 0 || await CurrentActor.FindAsync(Slug) is not { } actor)
        {
            return;
        }

        var hits = await Query.FindAsync(actor, typed);
        if (asked == _asked)
        {
            _items = [.. commands, .. hits.Select(h => new DeskItem($"conversation-{h.Id}", NameOf(h), Conversations, null, Address.List(Slug, h.Id, ListOrder.NeedsReplyFirst))), .. search];
        }
    }

    /// <summary>What fits what is typed; of the open conversation only what can be done with it now.</summary>
    private List<DeskItem> Commands(string typed)
    {
        var words = typed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return
        [
            .. _commands
                .Where(c => c.Path is not null || c.Id == InboxCommand.Shortcuts || (c.Group is InboxCommand.InThread or InboxCommand.Self && _there.Contains(c.Id)))
                .Where(c => Array.TrueForAll(words, w => c.Name.Contains(w, StringComparison.CurrentCultureIgnoreCase)))
                .Select(c => new DeskItem(c.Id, c.Name, c.Group, c.Key, c.Path is null ? null : $"/w/{Uri.EscapeDataString(Slug)}/{c.Path}")),
        ];
    }

    private static string NameOf(PaletteHit hit) => hit.State switch
    {
        ConversationState.Closed => $"{hit.Name} (closed)",
        ConversationState.Snoozed => $"{hit.Name} (snoozed)",
        _ => hit.Name,
    };

    private async Task HandleKeyAsync(KeyboardEventArgs key)
    {
        if (key.Key == "Enter")
        {
            // Whoever types fast means what they typed, not what is shown so far.
            await _finding;
        }

        if (_items.Count == 0)
        {
            return;
        }

        _at = key.Key switch
        {
            "ArrowDown" => (_at + 1) % _items.Count,
            "ArrowUp" => (_at - 1 + _items.Count) % _items.Count,
            _ => _at,
        };
        if ((key.Key is "ArrowDown" or "ArrowUp") && _module is { } module)
        {
            await module.InvokeVoidAsync("reveal", _root, OptionId(_at));
        }
        else if (key.Key == "Enter" && _at < _items.Count)
        {
            await ChooseAsync(_items[_at]);
        }
    }

    private async Task ChooseAsync(DeskItem item)
    {
        if (_module is not { } module)
        {
            return;
        }

        if (item.Href is { } href)
        {
            await module.InvokeVoidAsync("close", _root);
            if (item.Id == SearchId)
            {
                TypedNumbers.Keep(_typed.Trim());
            }

            Navigation.NavigateTo(href);
        }
        else
        {
            await module.InvokeVoidAsync("run", _root, item.Id);
        }
    }

    /// <param name="Href">Where it goes; null if it does something here.</param>
    private sealed record DeskItem(string Id, string Name, string Group, string? Key, string? Href);
}
