using System.ComponentModel;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Weflux.Domain.Conversations;
using Weflux.Web.Api.Keys;
using Weflux.Web.Api.Reading;
using Weflux.Web.Api.Sending;
using Weflux.Web.Work;
using Weflux.Web.Work.Notes;

namespace Weflux.Web.Api.Working;

/// <summary><c>POST /api/v1/conversations/{id}/notes</c>.</summary>
internal static class NoteEndpoint
{
    public static async Task<Results<Created<ApiNote>, ApiProblem>> WriteAsync(
        [Description("The conversation's id.")] long id,
        JsonBody<ApiNoteToWrite> body,
        [FromHeader(Name = SendEndpoint.KeyHeader)]
        [Description("A name of your own for this request, at most 255 visible characters. Repeating the request with the same name within 24 hours writes no second note.")]
        string? idempotencyKey,
        HttpContext context,
        WriteNote write,
        ClaimIdempotencyKey claim,
        NoteQuery query,
        CancellationToken cancellationToken)
    {
        var actor = context.Actor();
        if (body.Value is not { } wish)
        {
            return body.Problem!;
        }

        if (wish.Text is not { } text || !NoteText.Fits(text))
        {
            return WorkAnswers.Refuse(StatusCodes.Status422UnprocessableEntity, $"'text' has 1 to {Note.MaxLength} characters.", "text_not_possible");
        }

        var draftId = Guid.CreateVersion7();
        if (idempotencyKey is not null)
        {
            if (!SendEndpoint.IsKey(idempotencyKey))
            {
                return SendEndpoint.NoKey;
            }

            var request = SHA256.HashData(Encoding.UTF8.GetBytes($"note {id} {text}"));
            if (await claim.ExecuteAsync(actor, idempotencyKey, request, cancellationToken) is not { } claimed)
            {
                return SendEndpoint.KeyTaken;
            }

            draftId = claimed;
        }

        return WorkAnswers.Explain(await write.ExecuteAsync(actor, id, text, draftId, cancellationToken: cancellationToken)) is { } problem ? problem
            : await query.FindAsync(actor, draftId, cancellationToken) is { } note ? TypedResults.Created((string?)null, note)
            : ApiProblem.NotFound;
    }
}
