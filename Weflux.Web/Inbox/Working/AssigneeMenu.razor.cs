using Microsoft.AspNetCore.Components;
using Weflux.Domain;
using Weflux.Domain.Team;
using Weflux.Web.Presence;
using Weflux.Web.Work;
using Weflux.Web.Work.HandOvers;

namespace Weflux.Web.Inbox.Working;

/// <summary>Who holds the conversation, and who shall: by assigning it, or by asking somebody to take it over.</summary>
public sealed partial class AssigneeMenu
{
    private IReadOnlyList<MemberView> _members = [];
    private IReadOnlyList<TeamView> _teams = [];
    private IReadOnlyDictionary<UserId, PresenceNow>? _presence;
    private string _search = "";
    private string _reason = "";
    private string? _fault;
    private bool _asks;

    [Inject]
    private ActivityQuery Query { get; set; } = null!;

    [Inject]
    private TakeConversation Take { get; set; } = null!;

    [Inject]
    private HandBackConversation HandBack { get; set; } = null!;

    [Inject]
    private AssignConversation Assign { get; set; } = null!;

    [Inject]
    private AskHandOver Ask { get; set; } = null!;

    private bool IsMine => Me is not null && Head.AssigneeId == Me.User;

    private bool Offers => May(Permission.AssignToOthers) || (IsMine && May(Permission.TakeUnassigned));

    /// <summary>Whoever holds an open conversation can ask somebody to take it over.</summary>
    private bool MayAsk => IsMine && May(Permission.TakeUnassigned) && Head.State == Domain.Conversations.ConversationState.Open;

    private bool Asks => MayAsk && (_asks || !May(Permission.AssignToOthers));

    private string Title => Head.Assignee is { } assignee ? IsMine ? "You hold it. Change who holds it" : $"{assignee.Name} holds it. Change who holds it" : "Choose who holds it";

    private IEnumerable<MemberView> Found => _members.Where(m => Fits(m.Name) && !(Asks && m.User == Me?.User));

    private IEnumerable<TeamView> FoundTeams => _teams.Where(t => Fits(t.Name));

    protected override async Task OpenAsync()
    {
        await base.OpenAsync();
        (_search, _reason, _fault, _asks) = ("", "", null, false);
        (_members, _teams) = Me is { } actor && (actor.May(Permission.AssignToOthers) || MayAsk)
            ? (await Query.MembersAsync(actor), await Query.TeamsAsync(actor))
            : ([], []);
    }

    private bool Fits(string name) => name.Contains(_search.Trim(), StringComparison.CurrentCultureIgnoreCase);

    private Task TakeAsync() => RunAsync(actor => Take.ExecuteAsync(actor, Head.ConversationId));

    private Task HandBackAsync() => RunAsync(actor => HandBack.ExecuteAsync(actor, Head.ConversationId));

    private Task ChooseAsync(AssignTo to)
    {
        if (!Asks)
        {
            return RunAsync(actor => Assign.ExecuteAsync(actor, Head.ConversationId, to, _reason));
        }

        if (PlainName.Read(_reason, HandOverRules.MaxReason, out _) != NameFault.None)
        {
            _fault = "Say why in one line. Whoever gets it reads that first.";
            return Task.CompletedTask;
        }

        return RunAsync(actor => Ask.ExecuteAsync(actor, Head.ConversationId, to, _reason));
    }
}
