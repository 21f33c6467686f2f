using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Api.Keys;
using Weflux.Web.Api.Reading;
using Weflux.Web.Inbox.Working;
using Weflux.Web.Teams;
using Weflux.Web.Work;
using Weflux.Web.Work.Labels;

namespace Weflux.Web.Api.Working;

/// <summary>What a program does with a conversation, through the use cases of the screens. Repeating any of it changes nothing.</summary>
internal static class ConversationEndpoints
{
    private const string Tag = "Conversations";
    private const string Id = "The conversation's id.";

    public static void Map(RouteGroupBuilder api)
    {
        Do(api.MapPost("/conversations/{id:long}/assign", AssignAsync))
            .Names("assignConversation", Tag, "Assign a conversation", "Gives the conversation to an active member, to a team, or to nobody. Needs the scope `conversations:assign` besides.")
            .TakesJson<ApiAssign>();
        Do(api.MapPost("/conversations/{id:long}/close", CloseAsync))
            .Names("closeConversation", Tag, "Close a conversation", "The work is done. It opens again when the customer writes.")
            .MayTakeJson<ApiClose>();
        Do(api.MapPost("/conversations/{id:long}/reopen", ReopenAsync))
            .Names("reopenConversation", Tag, "Reopen a conversation", "Puts a closed or snoozed conversation back into the list.");
        Do(api.MapPost("/conversations/{id:long}/snooze", SnoozeAsync))
            .Names("snoozeConversation", Tag, "Snooze a conversation", "Takes the conversation out of the list until a time, or until the customer writes. A closed one cannot be snoozed.")
            .TakesJson<ApiSnooze>();
        Do(api.MapPost("/conversations/{id:long}/no-reply-needed", NoReplyNeededAsync))
            .Names("markNoReplyNeeded", Tag, "Mark that no reply is needed", "Says that what the customer said last needs no reply.");
        Do(api.MapPut("/conversations/{id:long}/labels/{label:long}", (
                [Description(Id)] long id, [Description("The label's id, as `GET /api/v1/labels` lists them.")] long label,
                HttpContext context, SetLabel set, ConversationsQuery query, CancellationToken cancellationToken) => LabelAsync(id, label, isOn: true, context, set, query, cancellationToken)))
            .Names("addLabel", Tag, "Put a label on a conversation", "Puts one of the workspace's labels on the conversation.");
        Do(api.MapDelete("/conversations/{id:long}/labels/{label:long}", (
                [Description(Id)] long id, [Description("The label's id, as `GET /api/v1/labels` lists them.")] long label,
                HttpContext context, SetLabel set, ConversationsQuery query, CancellationToken cancellationToken) => LabelAsync(id, label, isOn: false, context, set, query, cancellationToken)))
            .Names("removeLabel", Tag, "Take a label off a conversation", "Takes a label off the conversation.");
        api.MapPost("/conversations/{id:long}/notes", NoteEndpoint.WriteAsync)
            .Names("writeNote", Tag, "Write a note", "Writes a note beside the messages, which the customer never gets. It stands there under the name of the key.")
            .TakesJson<ApiNoteToWrite>()
            .RequireScope(Permission.WorkConversations).MayBeMissing().MayAnswer(StatusCodes.Status422UnprocessableEntity);
        api.MapGet("/labels", WordsAsync)
            .Names("listLabels", Tag, "List labels and reasons for closing", "The words of the workspace that conversations are worked with.")
            .RequireScope(Permission.WorkConversations);
        api.MapGet("/members", MembersAsync)
            .Names("listMembers", Tag, "List members", "The active members, to whom conversations can be assigned.")
            .RequireScope(Permission.WorkConversations);
        api.MapGet("/teams", TeamsAsync)
            .Names("listTeams", Tag, "List teams", "The teams at work, to which conversations can be given.")
            .RequireScope(Permission.WorkConversations);
    }

    private static RouteHandlerBuilder Do(RouteHandlerBuilder endpoint) => endpoint
        .RequireScope(Permission.WorkConversations).MayBeMissing().MayAnswer(StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Ok<ApiConversation>, ApiProblem>> AssignAsync(
        [Description(Id)] long id, JsonBody<ApiAssign> body, HttpContext context,
        AssignConversation assign, HandBackConversation handBack, ConversationsQuery query, CancellationToken cancellationToken)
    {
        var actor = context.Actor();
        if (WorkAnswers.Lacks(actor, Permission.AssignToOthers) is { } lacking)
        {
            return lacking;
        }

        if (body.Value is not { } wish)
        {
            return body.Problem!;
        }

        if (wish is { MemberId: not null, TeamId: not null })
        {
            return new ApiProblem(StatusCodes.Status400BadRequest, "Name either 'memberId' or 'teamId'. To do both, give it to the team first.");
        }

        var outcome = wish.To is { } to
            ? await assign.ExecuteAsync(actor, id, to, cancellationToken: cancellationToken)
            : await handBack.ExecuteAsync(actor, id, cancellationToken);
        return await AnswerAsync(actor, id, query, WorkAnswers.Explain(
            outcome,
            unknown: wish.TeamId is null
                ? ("'memberId' is no active member of this workspace. GET /api/v1/members lists them.", "member_unknown")
                : ("'teamId' is no team at work in this workspace. GET /api/v1/teams lists them.", "team_unknown")), cancellationToken);
    }

    private static async Task<Results<Ok<ApiConversation>, ApiProblem>> CloseAsync(
        [Description(Id)] long id, OptionalBody<ApiClose> body, HttpContext context, CloseConversation close, ConversationsQuery query, CancellationToken cancellationToken)
    {
        if (body.Value is not { } wish)
        {
            return body.Problem!;
        }

        var actor = context.Actor();
        var outcome = await close.ExecuteAsync(actor, id, wish.ReasonId, wish.Words, cancellationToken);
        return await AnswerAsync(actor, id, query, WorkAnswers.Explain(
            outcome,
            unknown: ("'reasonId' is none of the workspace's reasons. GET /api/v1/labels lists them.", "reason_unknown"),
            invalid: ($"'words' has at most {CloseConversation.MaxWords} characters, on one line.", "words_not_possible")), cancellationToken);
    }

    private static async Task<Results<Ok<ApiConversation>, ApiProblem>> ReopenAsync(
        [Description(Id)] long id, HttpContext context, ReopenConversation reopen, ConversationsQuery query, CancellationToken cancellationToken)
    {
        var actor = context.Actor();
        return await AnswerAsync(actor, id, query, WorkAnswers.Explain(await reopen.ExecuteAsync(actor, id, cancellationToken)), cancellationToken);
    }

    private static async Task<Results<Ok<ApiConversation>, ApiProblem>> SnoozeAsync(
        [Description(Id)] long id, JsonBody<ApiSnooze> body, HttpContext context, SnoozeConversation snooze, ConversationsQuery query, CancellationToken cancellationToken)
    {
        if (body.Value is not { } wish)
        {
            return body.Problem!;
        }

        if (wish.Until is not { } until)
        {
            return new ApiProblem(StatusCodes.Status400BadRequest, "'until' is missing: the time until when, such as 2026-11-27T09:00:00Z.");
        }

        var actor = context.Actor();
        var outcome = await snooze.ExecuteAsync(actor, id, until, cancellationToken);
        return await AnswerAsync(actor, id, query, outcome == WorkOutcome.NotAllowed
            ? WorkAnswers.Refuse(StatusCodes.Status409Conflict, "The conversation is closed. Reopen it first.", "closed")
            : WorkAnswers.Explain(outcome, invalid: ("'until' must be at least one minute and at most 366 days from now.", "time_not_possible")), cancellationToken);
    }

    private static async Task<Results<Ok<ApiConversation>, ApiProblem>> NoReplyNeededAsync(
        [Description(Id)] long id, HttpContext context, MarkNoReplyNeeded mark, ConversationsQuery query, CancellationToken cancellationToken)
    {
        var actor = context.Actor();
        return await AnswerAsync(actor, id, query, WorkAnswers.Explain(await mark.ExecuteAsync(actor, id, cancellationToken)), cancellationToken);
    }

    private static async Task<Results<Ok<ApiConversation>, ApiProblem>> LabelAsync(
        long id, long label, bool isOn, HttpContext context, SetLabel set, ConversationsQuery query, CancellationToken cancellationToken)
    {
        var actor = context.Actor();
        var outcome = await set.ExecuteAsync(actor, id, label, isOn, cancellationToken);
        return await AnswerAsync(actor, id, query, WorkAnswers.Explain(
            outcome, unknown: ("There is no label of that id. GET /api/v1/labels lists them.", "label_unknown")), cancellationToken);
    }

    private static async Task<Results<Ok<ApiWorkWords>, ApiProblem>> WordsAsync(HttpContext context, LabelsQuery query, CancellationToken cancellationToken) =>
        await query.GetAsync(context.Actor(), cancellationToken) is { } words
            ? TypedResults.Ok(new ApiWorkWords(
                [.. words.Labels.Select(l => new ApiLabel(l.Id, l.Name))], [.. words.Reasons.Select(r => new ApiCloseReason(r.Id, r.Name))]))
            : ApiProblem.NotFound;

    private static async Task<Ok<ApiList<ApiMember>>> MembersAsync(HttpContext context, ActivityQuery query, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ApiList<ApiMember>(
            [.. (await query.MembersAsync(context.Actor(), cancellationToken)).Select(m => new ApiMember(m.User.Value, m.Name, m.Role.ToString().ToLowerInvariant()))],
            null));

    private static async Task<Ok<ApiList<ApiTeam>>> TeamsAsync(HttpContext context, TeamsQuery query, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ApiList<ApiTeam>(
            [.. (await query.AtWorkAsync(context.Actor(), cancellationToken)).Select(t => new ApiTeam(t.Id, t.Name, [.. t.Members.Select(m => m.Value)]))],
            null));

    private static async Task<Results<Ok<ApiConversation>, ApiProblem>> AnswerAsync(
        Actor actor, long id, ConversationsQuery query, ApiProblem? problem, CancellationToken cancellationToken) =>
        problem is not null ? problem
        : await query.FindAsync(actor, id, cancellationToken) is { } now ? TypedResults.Ok(now)
        : ApiProblem.NotFound;
}
