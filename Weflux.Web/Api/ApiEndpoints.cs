using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Weflux.Domain.Team;
using Weflux.Web.Api.Keys;
using Weflux.Web.Api.Reading;
using Weflux.Web.Api.Sending;
using Weflux.Web.Templates;
using Weflux.Web.Webhooks;

namespace Weflux.Web.Api;

/// <summary>The addresses of the API. What they may tell is decided by the queries and use cases they call.</summary>
internal static class ApiEndpoints
{
    private const string After = "Everything up to here was read already: the `next` of an earlier answer. 0 or left out for the beginning.";
    private const string Limit = "How many at most, 1 to 1000.";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/conversations", ListConversationsAsync)
            .Names("listConversations", "Conversations", "List conversations", "Every conversation of the workspace, by id.")
            .RequireScope(Permission.SeeAllConversations);
        api.MapGet("/conversations/{id:long}", GetConversationAsync)
            .Names("getConversation", "Conversations", "Get a conversation", "One conversation.")
            .RequireScope(Permission.SeeAllConversations).MayBeMissing();
        api.MapGet("/messages", ListMessagesAsync)
            .Names(
                "listMessages", "Messages", "List messages",
                "Every message of the workspace, in and out, in the order in which they were stored. To follow what comes in, remember the `sequence` of the last message read and ask again with it as `after`: each message comes once and none is missed. A status that changes later does not bring a message back.")
            .RequireScope(Permission.ReadAllMessages);
        api.MapPost("/messages", SendEndpoint.SendAsync)
            .Names(
                "sendMessage", "Messages", "Send a message",
                "Queues a message of any kind. The answer says that it waits to be sent; `status` tells later how far it came. A template needs the scope `templates:send` besides.")
            .Accepts<ApiOutgoing>("application/json")
            .RequireScope(Permission.SendMessages).MayBeMissing()
            .MayAnswer(
                StatusCodes.Status413PayloadTooLarge, StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict, StatusCodes.Status422UnprocessableEntity);
        api.MapGet("/contacts", ListContactsAsync)
            .Names("listContacts", "Contacts", "List contacts", "Every contact of the workspace, by id.")
            .RequireScope(Permission.SeeAllContacts);
        api.MapGet("/templates", ListTemplatesAsync)
            .Names("listTemplates", "Templates", "List templates", "Every template of the workspace's WhatsApp accounts, by id, as Meta last told them. Only one with the status `APPROVED` can be sent.")
            .RequireScope(Permission.SeeTemplates);
        api.MapGet("/webhook-deliveries", ListDeliveriesAsync)
            .Names("listWebhookDeliveries", "Webhook deliveries", "List webhook deliveries", "The journal of what Meta sent, by id, without bodies.")
            .RequireScope(Permission.SeeDeliveries);
        api.MapPost("/webhook-deliveries/{id:long}/replay", ReplayAsync)
            .Names(
                "replayWebhookDelivery", "Webhook deliveries", "Replay a parked delivery",
                "Has what was parked tried again, after its cause was mended. What was applied before is left alone.")
            .RequireScope(Permission.ReplayDeliveries).MayBeMissing().MayAnswer(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<ApiList<ApiConversation>>, ApiProblem>> ListConversationsAsync(
        [Description(After)] string? after, [Description(Limit)] string? limit,
        HttpContext context, ConversationsQuery query, CancellationToken cancellationToken)
    {
        if (PageRequest.TryRead(after, limit, out var page) is { } problem)
        {
            return problem;
        }

        return Answer(await query.GetAsync(context.Actor(), page, cancellationToken));
    }

    private static async Task<Results<Ok<ApiConversation>, ApiProblem>> GetConversationAsync(
        [Description("The conversation's id.")] long id, HttpContext context, ConversationsQuery query, CancellationToken cancellationToken) =>
        await query.FindAsync(context.Actor(), id, cancellationToken) is { } found
            ? TypedResults.Ok(found)
            : ApiProblem.NotFound;

    private static async Task<Results<Ok<ApiList<ApiMessage>>, ApiProblem>> ListMessagesAsync(
        [Description("Everything up to this `sequence` was read already. 0 or left out for the beginning.")] string? after,
        [Description(Limit)] string? limit,
        HttpContext context, MessageStreamQuery query, CancellationToken cancellationToken)
    {
        if (PageRequest.TryRead(after, limit, out var page) is { } problem)
        {
            return problem;
        }

        return Answer(await query.GetAsync(context.Actor(), page, cancellationToken));
    }

    private static async Task<Results<Ok<ApiList<ApiContact>>, ApiProblem>> ListContactsAsync(
        [Description(After)] string? after, [Description(Limit)] string? limit,
        HttpContext context, ContactsQuery query, CancellationToken cancellationToken)
    {
        if (PageRequest.TryRead(after, limit, out var page) is { } problem)
        {
            return problem;
        }

        return Answer(await query.GetAsync(context.Actor(), page, cancellationToken));
    }

    private static async Task<Results<Ok<ApiList<ApiTemplate>>, ApiProblem>> ListTemplatesAsync(
        [Description(After)] string? after, [Description(Limit)] string? limit,
        HttpContext context, TemplatesQuery query, CancellationToken cancellationToken)
    {
        if (PageRequest.TryRead(after, limit, out var page) is { } problem)
        {
            return problem;
        }

        var rows = await query.PageAsync(context.Actor(), page.After, page.Limit, cancellationToken);
        return Answer(rows is null ? null : ApiList<ApiTemplate>.Cut(rows, page.Limit, ApiTemplate.Of, r => r.Id));
    }

    private static async Task<Results<Ok<ApiList<ApiDelivery>>, ApiProblem>> ListDeliveriesAsync(
        [Description("Only those in this state.")] string? state,
        [Description(After)] string? after,
        [Description(Limit)] string? limit,
        HttpContext context, DeliveriesQuery query, CancellationToken cancellationToken)
    {
        if (PageRequest.TryRead(after, limit, out var page) is { } problem)
        {
            return problem;
        }

        var only = state is null ? null : ApiWords.DeliveryState(state);
        return state is not null && only is null
            ? PageRequest.Bad("'state' is pending, done or parked.")
            : Answer(await query.GetAsync(context.Actor(), only, page, cancellationToken));
    }

    private static async Task<Results<Accepted<ApiDelivery>, ApiProblem>> ReplayAsync(
        [Description("The delivery's id.")] long id,
        HttpContext context, ReplayDelivery replay, DeliveriesQuery query, CancellationToken cancellationToken)
    {
        var actor = context.Actor();
        if (await query.FindAsync(actor, id, cancellationToken) is not { } delivery)
        {
            return ApiProblem.NotFound;
        }

        if (!await replay.ExecuteAsync(actor, id, cancellationToken))
        {
            return new ApiProblem(StatusCodes.Status409Conflict, delivery.State == ApiWords.Parked
                ? "The body of this delivery is no longer kept, so nothing of it can be tried again."
                : $"This delivery is {delivery.State}. Only a parked one can be replayed.");
        }

        return TypedResults.Accepted((string?)null, await query.FindAsync(actor, id, cancellationToken));
    }

    private static Results<Ok<ApiList<T>>, ApiProblem> Answer<T>(ApiList<T>? list) =>
        list is null ? new ApiProblem(StatusCodes.Status403Forbidden, "This key may not do that.") : TypedResults.Ok(list);
}
