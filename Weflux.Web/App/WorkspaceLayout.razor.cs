using Microsoft.AspNetCore.Components;
using Weflux.Domain.Team;
using Weflux.Web.Account.Profile;
using Weflux.Web.Security;
using Weflux.Web.Start;
using Weflux.Web.Team;
using Weflux.Web.Team.Deletion;
using Weflux.Web.Team.Members;

namespace Weflux.Web.App;

/// <summary>
/// The frame of every page under <c>/w/{workspace}</c>. It cascades the <see cref="Actor"/> for display; what a person
/// may do is asked anew at each action. Whoever is no member sees the same as for a workspace that does not exist.
/// </summary>
public sealed partial class WorkspaceLayout : IDisposable
{
    private IReadOnlyList<WorkspaceLink> _workspaces = [];
    private Actor? _actor;
    private ProfileView? _profile;
    private ErasureCertificate? _erased;
    private string? _lost;
    private string? _slug;
    private string _zone = WorkspaceTime.Default;
    private bool _isLoaded;
    private bool _isPhoneOpen;
    private bool _needsSecondFactor;
    private bool _mustStart;
    private string? _phone;
    private IDisposable? _watching;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private Actors Actors { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private StartQuery Start { get; set; } = null!;

    [Inject]
    private ProfileQuery Profiles { get; set; } = null!;

    [Inject]
    private AccessWatch Access { get; set; } = null!;

    [Inject]
    private ErasedWorkspaces Erased { get; set; } = null!;

    [Inject]
    private LastSeen LastSeen { get; set; } = null!;

    [Inject]
    private IEnumerable<ShellNotice> Notices { get; set; } = [];

    private WorkspaceLink? Here => _workspaces.FirstOrDefault(w => w.Id == _actor?.Workspace);

    private Dictionary<string, object> NoticeParameters => new(StringComparer.Ordinal) { ["Slug"] = _slug ?? "" };

    public void Dispose() => _watching?.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        var slug = SlugOf(Navigation.ToBaseRelativePath(Navigation.Uri));
        if (slug == _slug && _isLoaded)
        {
            return;
        }

        (_slug, _isLoaded, _actor, _lost) = (slug, false, null, null);
        await ReadAsync(slug);
        _isPhoneOpen |= _phone is not null && new Uri(Navigation.Uri).Query == "?phone=open";
        _watching ??= await CurrentActor.UserAsync() is { } person ? Access.Watch(person, () => _ = FollowAccessAsync()) : null;
    }

    private async Task FollowAccessAsync()
    {
        try
        {
            await InvokeAsync(async () =>
            {
                await ReadAsync(_slug);
                StateHasChanged();
            });
        }
        catch (Exception exception) when (exception is ObjectDisposedException or OperationCanceledException or Microsoft.JSInterop.JSDisconnectedException)
        {
            // The page was left, or its tab sleeps: it looks again when it comes back.
        }
    }

    private async Task ReadAsync(string? slug)
    {
        var actor = slug is null ? null : await CurrentActor.FindAsync(slug);
        var user = slug is null ? null : await CurrentActor.UserAsync();
        IReadOnlyList<WorkspaceLink> workspaces = user is null ? [] : await Actors.ListAsync(user.Value, CancellationToken.None);
        var person = actor is null ? user : null;
        var erased = person is null ? null : await Erased.FindAsync(person.Value, slug!);
        var needsSecondFactor = person is not null && await Actors.NeedsSecondFactorAsync(person.Value, slug!, CancellationToken.None);
        var phone = actor is null ? null : await Start.PhoneAsync(actor);
        var start = actor is null ? null : await Start.GetAsync(actor);
        var profile = actor is null ? null : await Profiles.GetAsync(actor.User, CancellationToken.None);
        if (slug != _slug)
        {
            return;
        }

        _lost = actor is not null ? null : Here?.Name ?? _lost;
        _zone = Here?.TimeZone ?? _zone;
        (_actor, _profile, _workspaces, _erased, _isLoaded) = (actor, profile, workspaces, erased, true);
        (_needsSecondFactor, _phone, _mustStart) = (needsSecondFactor, phone, start is { IsDone: false });
        if (actor is not null)
        {
            LastSeen.Note(actor);
            Follow();
        }
    }

    /// <summary>The workspace has another address by now: the page goes on under that one.</summary>
    private void Follow()
    {
        if (Here is { } here && here.Slug != _slug)
        {
            var path = Navigation.ToBaseRelativePath(Navigation.Uri);
            Navigation.NavigateTo($"/w/{here.Slug}{path[$"w/{_slug}".Length..]}", replace: true);
        }
    }

    private string At(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, WorkspaceTime.Find(_zone)).ToString("d MMMM yyyy, HH:mm", System.Globalization.CultureInfo.InvariantCulture) + (_zone == WorkspaceTime.Default ? " UTC" : "");

    private static string? SlugOf(string path) => path.Split('/', '?', '#') is ["w", { Length: > 0 } slug, ..] ? slug : null;
}
