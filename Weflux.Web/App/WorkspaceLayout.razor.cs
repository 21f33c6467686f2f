using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Weflux.Domain.Team;
using Weflux.Web.Demo;
using Weflux.Web.Security;
using Weflux.Web.Team;

namespace Weflux.Web.App;

/// <summary>
/// The frame of every page under <c>/w/{workspace}</c>. It cascades the <see cref="Actor"/> for display; what a person
/// may do is asked anew at each action. Whoever is no member sees the same as for a workspace that does not exist.
/// </summary>
public sealed partial class WorkspaceLayout : IDisposable
{
    private IReadOnlyList<WorkspaceLink> _workspaces = [];
    private Actor? _actor;
    private string? _slug;
    private bool _isLoaded;
    private bool _isPhoneOpen;
    private IDisposable? _watching;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private Actors Actors { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IOptions<DemoOptions> Demo { get; set; } = null!;

    [Inject]
    private AccessWatch Access { get; set; } = null!;

    [Inject]
    private IEnumerable<ShellNotice> Notices { get; set; } = [];

    private Dictionary<string, object> NoticeParameters => new(StringComparer.Ordinal) { ["Slug"] = _slug ?? "" };

    public void Dispose() => _watching?.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        var slug = SlugOf(Navigation.ToBaseRelativePath(Navigation.Uri));
        if (slug == _slug && _isLoaded)
        {
            return;
        }

        (_slug, _isLoaded, _actor) = (slug, false, null);
        await ReadAsync(slug);
        _watching ??= await CurrentActor.UserAsync() is { } person ? Access.Watch(person, () => _ = InvokeAsync(ReadAgainAsync)) : null;
    }

    private async Task ReadAgainAsync()
    {
        await ReadAsync(_slug);
        StateHasChanged();
    }

    private async Task ReadAsync(string? slug)
    {
        var actor = slug is null ? null : await CurrentActor.FindAsync(slug);
        var workspaces = actor is null ? [] : await Actors.ListAsync(actor.User, CancellationToken.None);
        if (slug == _slug)
        {
            (_actor, _workspaces, _isLoaded) = (actor, workspaces, true);
        }
    }

    private static string? SlugOf(string path) => path.Split('/', '?', '#') is ["w", { Length: > 0 } slug, ..] ? slug : null;
}
