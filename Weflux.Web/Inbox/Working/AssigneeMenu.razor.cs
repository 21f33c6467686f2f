using Microsoft.AspNetCore.Components;
using Weflux.Domain.Team;
using Weflux.Web.Presence;
using Weflux.Web.Work;

namespace Weflux.Web.Inbox.Working;

/// <summary>Who holds the conversation, and who shall.</summary>
public sealed partial class AssigneeMenu
{
    private IReadOnlyList<MemberView> _members = [];
    private IReadOnlyDictionary<UserId, PresenceNow>? _presence;
    private string _search = "";

    [Inject]
    private ActivityQuery Query { get; set; } = null!;

    [Inject]
    private TakeConversation Take { get; set; } = null!;

    [Inject]
    private HandBackConversation HandBack { get; set; } = null!;

    [Inject]
    private AssignConversation Assign { get; set; } = null!;

    private bool IsMine => Me is not null && Head.AssigneeId == Me.User;

    private bool Offers => May(Permission.AssignToOthers) || (IsMine && May(Permission.TakeUnassigned));

    private string Title => Head.Assignee is { } assignee ? IsMine ? "You hold it. Change who holds it" : $"{assignee.Name} holds it. Change who holds it" : "Choose who holds it";

    private IEnumerable<MemberView> Found => _members.Where(m => m.Name.Contains(_search.Trim(), StringComparison.CurrentCultureIgnoreCase));

    protected override async Task OpenAsync()
    {
        await base.OpenAsync();
        _search = "";
        _members = Me is { } actor && actor.May(Permission.AssignToOthers) ? await Query.MembersAsync(actor) : [];
    }

    private Task TakeAsync() => RunAsync(actor => Take.ExecuteAsync(actor, Head.ConversationId));

    private Task HandBackAsync() => RunAsync(actor => HandBack.ExecuteAsync(actor, Head.ConversationId));

    private Task AssignAsync(UserId member) => RunAsync(actor => Assign.ExecuteAsync(actor, Head.ConversationId, member));
}
