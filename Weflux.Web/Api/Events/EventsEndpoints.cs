using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Weflux.Domain.Team;
using Weflux.Web.Api.Keys;
using Weflux.Web.Api.Reading;

namespace Weflux.Web.Api.Events;

/// <summary>Webhooks through the API: which there are, what became of each event, and once more. Making them is for people.</summary>
internal static class EventsEndpoints
{
    private const string Tag = "Events";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/webhooks", ListAsync)
            .Names("listWebhooks", Tag, "List webhooks", "The addresses that are told of events, with how each is doing. People make and change them in Settings, Webhooks.")
            .RequireScope(Permission.SeeEvents);
        api.MapGet("/webhooks/{id:long}/events", ListEventsAsync)
            .Names("listEvents", Tag, "List the events of a webhook", "What became of each event, by id. Events are kept for 30 days.")
            .RequireScope(Permission.SeeEvents).MayBeMissing();
        api.MapPost("/webhooks/{id:long}/replay", ReplayAllAsync)
            .Names("replayFailedEvents", Tag, "Replay failed events", "Sends again what failed for a webhook, under the same `webhook-id`s.")
            .MayTakeJson<ApiReplay>()
            .RequireScope(Permission.ReplayEvents).MayBeMissing().MayAnswer(StatusCodes.Status409Conflict);
        api.MapPost("/events/{id:long}/replay", ReplayAsync)
            .Names("replayEvent", Tag, "Replay an event", "Sends one event again under the same `webhook-id`, whatever became of it.")
            .RequireScope(Permission.ReplayEvents).MayBeMissing().MayAnswer(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<ApiList<ApiEventEndpoint>>, ApiProblem>> ListAsync(
        HttpContext context, EventEndpointsQuery query, CancellationToken cancellationToken) =>
        await query.ListAsync(context.Actor(), cancellationToken) is { } found
            ? TypedResults.Ok(new ApiList<ApiEventEndpoint>([.. found.Select(ApiEventEndpoint.Of)], null))
            : ApiProblem.NotFound;

    private static async Task<Results<Ok<ApiList<ApiEventDelivery>>, ApiProblem>> ListEventsAsync(
        [Description("The webhook's id.")] long id,
        [Description("Only those in this state: `waiting`, `taken` or `failed`.")] string? state,
        [Description("Everything up to here was read already: the `next` of an earlier answer. 0 or left out for the beginning.")] string? after,
        [Description("How many at most, 1 to 1000.")] string? limit,
        HttpContext context, EventDeliveriesQuery query, CancellationToken cancellationToken)
    {
        if (PageRequest.TryRead(after, limit, out var page) is { } problem)
        {
            return problem;
        }

        var only = state is null ? null : ApiEventDelivery.StateOf(state);
        return state is not null && only is null ? PageRequest.Bad("'state' is waiting, taken or failed.")
            : await query.ListAsync(context.Actor(), id, only, page, cancellationToken) is { } found ? TypedResults.Ok(found)
            : ApiProblem.NotFound;
    }

    private static async Task<Results<Accepted<ApiEventDelivery>, ApiProblem>> ReplayAsync(
        [Description("The event's id.")] long id, HttpContext context, ReplayEvents replay, EventDeliveriesQuery query, CancellationToken cancellationToken)
    {
        var actor = context.Actor();
        return Explain(await replay.ExecuteAsync(actor, id, cancellationToken)) is { } problem ? problem
            : await query.FindAsync(actor, id, cancellationToken) is { } now ? TypedResults.Accepted((string?)null, now)
            : ApiProblem.NotFound;
    }

    private static async Task<Results<Accepted<ApiReplayed>, ApiProblem>> ReplayAllAsync(
        [Description("The webhook's id.")] long id, OptionalBody<ApiReplay> body, HttpContext context, ReplayEvents replay, CancellationToken cancellationToken)
    {
        if (body.Value is not { } wish)
        {
            return body.Problem!;
        }

        var answer = await replay.ExecuteAsync(context.Actor(), id, wish.Since?.ToUniversalTime() ?? DateTimeOffset.MinValue, cancellationToken);
        return Explain(answer) is { } problem ? problem : TypedResults.Accepted((string?)null, new ApiReplayed(answer.Count));
    }

    private static ApiProblem? Explain(EventReplayAnswer answer) => answer.Outcome switch
    {
        EventReplayOutcome.Asked => null,
        EventReplayOutcome.Off => new ApiProblem(StatusCodes.Status409Conflict, "The webhook is off. An Admin switches it on in Settings, Webhooks.") { Reason = "webhook_off" },
        EventReplayOutcome.NotAllowed => new ApiProblem(StatusCodes.Status403Forbidden, "This key may not do that."),
        _ => ApiProblem.NotFound,
    };
}
