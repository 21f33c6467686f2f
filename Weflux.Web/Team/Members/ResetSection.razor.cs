using System.Globalization;
using Microsoft.AspNetCore.Components;
using Weflux.Domain.Team;
using Weflux.Web.Account.Passwords;
using Weflux.Web.Mail;

namespace Weflux.Web.Team.Members;

/// <summary>Ways back in for members whom no mail can reach.</summary>
public sealed partial class ResetSection
{
    private IReadOnlyList<WaitingReset> _waiting = [];
    private IssuedResetLink.Made? _made;
    private string _for = "";
    private string? _fault;
    private long _pick;
    private bool _isBusy;

    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter, EditorRequired]
    public IReadOnlyList<MemberRow> Members { get; set; } = [];

    [Parameter, EditorRequired]
    public UserId Me { get; set; }

    [Parameter, EditorRequired]
    public string TimeZone { get; set; } = "";

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private WaitingResetsQuery Waiting { get; set; } = null!;

    [Inject]
    private IssueResetLink Issue { get; set; } = null!;

    [Inject]
    private MailQueue Mails { get; set; } = null!;

    private List<MemberRow> Others => [.. Members.Where(m => m.IsActive && m.User != Me)];

    private string At(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, WorkspaceTime.Find(TimeZone)).ToString("d MMM, HH:mm", CultureInfo.InvariantCulture);

    protected override Task OnInitializedAsync() => ReadAsync();

    private async Task ReadAsync() => _waiting = await CurrentActor.FindAsync(Workspace) is { } actor
        ? await Waiting.GetAsync(actor, CancellationToken.None)
        : [];

    private async Task MakeAsync(UserId person)
    {
        (_isBusy, _fault, _made) = (true, null, null);
        try
        {
            var issued = await CurrentActor.FindAsync(Workspace) is { } actor
                ? await Issue.ExecuteAsync(actor, person, CancellationToken.None)
                : new IssuedResetLink.NotFound();
            _for = Members.FirstOrDefault(m => m.User == person)?.Name ?? "";
            _made = issued as IssuedResetLink.Made;
            _fault = issued switch
            {
                IssuedResetLink.Made => null,
                IssuedResetLink.Oneself => "Your own password is changed under Security, in the menu at the top.",
                IssuedResetLink.WorksElsewhere =>
                    $"{_for} also works in a workspace that is not yours, and the link would open that too. Ask whoever runs this Weflux for a link.",
                _ => "This person is no active member any more. Load the page again.",
            };
            await ReadAsync();
        }
        finally
        {
            _isBusy = false;
        }
    }
}
