using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Api.Keys;
using Weflux.Web.Api.Reading;
using Weflux.Web.Inbox;

namespace Weflux.Web.Api.Sending;

/// <summary><c>POST /api/v1/messages</c>.</summary>
internal static class SendEndpoint
{
    public const string KeyHeader = "Idempotency-Key";

    public static async Task<Results<Accepted<ApiMessage>, ApiProblem>> SendAsync(
        JsonBody<ApiOutgoing> body,
        [FromHeader(Name = KeyHeader)]
        [Description("A name of your own for this request, at most 255 visible characters. Repeating the request with the same name within 24 hours sends nothing again and gives the same answer.")]
        string? idempotencyKey,
        HttpContext context,
        SendByApi send,
        CancellationToken cancellationToken)
    {
        if (idempotencyKey is not null && !IsKey(idempotencyKey))
        {
            return NoKey;
        }

        if (body is not { Value: { } outgoing })
        {
            return body.Problem!;
        }

        return await send.ExecuteAsync(context.Actor(), outgoing, idempotencyKey, cancellationToken) switch
        {
            ApiSent sent => TypedResults.Accepted((string?)null, sent.Message),
            ApiUnreadable unreadable => new ApiProblem(StatusCodes.Status400BadRequest, unreadable.Detail),
            ApiKeyTaken => KeyTaken,
            ApiRefused refused => Explain(refused, outgoing),
            _ => ApiProblem.NotFound,
        };
    }

    internal static ApiProblem NoKey { get; } = new(
        StatusCodes.Status400BadRequest, $"'{KeyHeader}' has 1 to {IdempotencyKey.MaxLength} visible characters of ASCII.");

    internal static ApiProblem KeyTaken { get; } = new(
        StatusCodes.Status422UnprocessableEntity, $"This '{KeyHeader}' stands for another request. Use a new one for a new request.");

    internal static bool IsKey(string key) => key.Length is > 0 and <= IdempotencyKey.MaxLength && key.All(c => c is > ' ' and <= '~');

    private static ApiProblem Explain(ApiRefused refused, ApiOutgoing outgoing)
    {
        var decision = refused.Decision;
        var permission = outgoing.Type == "template" ? Permission.SendTemplates : Permission.SendMessages;
        return decision switch
        {
            NotPermitted => new ApiProblem(StatusCodes.Status403Forbidden, $"This key lacks the scope {ApiScopes.For(permission)}.") { Scope = ApiScopes.For(permission) },
            Invalid invalid => Refuse(StatusCodes.Status422UnprocessableEntity, invalid.Reason.ToString(), refused.Words ?? InvalidWords.Explain(invalid)),
            _ => Refuse(StatusCodes.Status409Conflict, decision.GetType().Name, decision switch
            {
                NeedsTemplate { ClosedAt: null } => new("The customer has not written to this number yet.", "Begin with an approved template."),
                NeedsTemplate => new("More than 24 hours have passed since the customer wrote.", "Send an approved template."),
                OptedOut { Reason: OptOutReason.AllStopped } => new("The customer asked for silence.", "Nothing can be sent until they write again."),
                OptedOut { Reason: OptOutReason.MarketingStopped } => new("The customer stopped marketing messages.", "Send a template that is not marketing."),
                OptedOut => new("The customer has not agreed to marketing messages.", "Send a template that is not marketing."),
                Restricted { IsBlocked: true } => new("The customer is blocked.", "A manager can unblock them."),
                Restricted => new("The customer asked that their data is not used.", "An admin must lift the restriction."),
                GroupIsReadOnly => new("This is a group.", "Weflux does not write into groups."),
                _ => new("The number cannot send at the moment.", "An admin finds out why in Settings → Numbers."),
            }),
        };
    }

    private static ApiProblem Refuse(int status, string reason, ReplyNotice notice) =>
        new(status, $"{notice.Title} {notice.Advice}".Trim()) { Reason = Snake(reason) };

    private static string Snake(string name) =>
        string.Concat(name.Select((c, nth) => char.IsUpper(c) ? $"{(nth == 0 ? "" : "_")}{char.ToLowerInvariant(c)}" : c.ToString()));
}
