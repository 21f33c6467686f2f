using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Weflux.Domain.Contacts;
using Weflux.Domain.Team;
using Weflux.Web.AddressBook;
using Weflux.Web.Api.Keys;
using Weflux.Web.Api.Reading;
using Weflux.Web.Contacts;

namespace Weflux.Web.Api.Working;

/// <summary>What a program does with contacts, through the use cases of the screens. Repeating any of it changes nothing.</summary>
internal static class ContactEndpoints
{
    private const string Tag = "Contacts";
    private const string Id = "The contact's id.";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/contacts/{id:long}", GetAsync)
            .Names("getContact", Tag, "Get a contact", "One contact.")
            .RequireScope(Permission.SeeAllContacts).MayBeMissing();
        api.MapPost("/contacts", SaveAsync)
            .Names(
                "saveContact", Tag, "Add or update a contact",
                "Finds the contact by its number, in any of the spellings that WhatsApp uses for it, or adds it; then saves what is named. 201 says that it was added. If anything is wrong, nothing is saved. Needs the scopes `contacts:read` and `contacts:phone` besides.")
            .TakesJson<ApiContactToSave>()
            .RequireScope(Permission.EditContacts).MayAnswer(StatusCodes.Status422UnprocessableEntity);
        api.MapPatch("/contacts/{id:long}", ChangeAsync)
            .Names("updateContact", Tag, "Update a contact", "Saves what is named and leaves the rest. If anything is wrong, nothing is saved. Needs the scope `contacts:read` besides.")
            .TakesJson<ApiContactChange>()
            .RequireScope(Permission.EditContacts).MayBeMissing().MayAnswer(StatusCodes.Status422UnprocessableEntity);
        api.MapPost("/contacts/{id:long}/consents", RecordAsync)
            .Names(
                "recordConsent", Tag, "Record consent",
                "Records what a contact decided outside of WhatsApp, with the evidence. It goes into the ledger, which is only ever added to; repeating the request adds nothing. Needs the scope `contacts:read` besides.")
            .TakesJson<ApiConsentToRecord>()
            .RequireScope(Permission.CurateContacts).MayBeMissing().MayAnswer(StatusCodes.Status422UnprocessableEntity);
        api.MapGet("/contact-fields", WordsAsync)
            .Names("listContactFields", Tag, "List contact fields and stages", "What the workspace keeps of its contacts.")
            .RequireScope(Permission.EditContacts);
    }

    private static async Task<Results<Ok<ApiContact>, ApiProblem>> GetAsync(
        [Description(Id)] long id, HttpContext context, ContactsQuery query, CancellationToken cancellationToken) =>
        await query.FindAsync(context.Actor(), id, cancellationToken) is { } contact ? TypedResults.Ok(contact) : ApiProblem.NotFound;

    private static async Task<Results<Ok<ApiContact>, Created<ApiContact>, ApiProblem>> SaveAsync(
        JsonBody<ApiContactToSave> body, HttpContext context, SaveContactFacts save, ContactsQuery query, CancellationToken cancellationToken)
    {
        var actor = context.Actor();
        if (WorkAnswers.Lacks(actor, Permission.SeeAllContacts, Permission.SeePhoneNumbers) is { } lacking)
        {
            return lacking;
        }

        if (body.Value is not { } wish)
        {
            return body.Problem!;
        }

        if (string.IsNullOrWhiteSpace(wish.Phone))
        {
            return new ApiProblem(StatusCodes.Status400BadRequest, "'phone' is missing: the number with its country code, such as +919876500000.");
        }

        var facts = new ContactFacts(wish.Name, wish.Stage, wish.Fields, wish.AddTags, wish.RemoveTags);
        var (plan, wrong) = await save.ReadAsync(actor, facts, cancellationToken);
        if (plan is null)
        {
            return wrong!;
        }

        var (added, refused) = await save.AddAsync(actor, wish.Phone, plan, cancellationToken);
        if (added is null)
        {
            return refused!;
        }

        if (added.ContactId is not { } id)
        {
            return added.Outcome == AddOutcome.NotAllowed
                ? new ApiProblem(StatusCodes.Status403Forbidden, "This key may not do that.")
                : WorkAnswers.Refuse(StatusCodes.Status422UnprocessableEntity, $"'phone': {added.Fault}", added.Outcome == AddOutcome.OwnNumber ? "own_number" : "phone_not_possible");
        }

        return await query.FindAsync(actor, id, cancellationToken) is not { } contact ? ApiProblem.NotFound
            : added.Outcome == AddOutcome.Added ? TypedResults.Created($"/api/v1/contacts/{id}", contact)
            : TypedResults.Ok(contact);
    }

    private static async Task<Results<Ok<ApiContact>, ApiProblem>> ChangeAsync(
        [Description(Id)] long id, JsonBody<ApiContactChange> body, HttpContext context, SaveContactFacts save, ContactsQuery query, CancellationToken cancellationToken)
    {
        var actor = context.Actor();
        if (WorkAnswers.Lacks(actor, Permission.SeeAllContacts) is { } lacking)
        {
            return lacking;
        }

        if (body.Value is not { } wish)
        {
            return body.Problem!;
        }

        if (await query.FindAsync(actor, id, cancellationToken) is null)
        {
            return ApiProblem.NotFound;
        }

        var (plan, wrong) = await save.ReadAsync(actor, new ContactFacts(wish.Name, wish.Stage, wish.Fields, wish.AddTags, wish.RemoveTags), cancellationToken);
        return plan is null ? wrong!
            : await save.ExecuteAsync(actor, id, plan, cancellationToken) is { } problem ? problem
            : await query.FindAsync(actor, id, cancellationToken) is { } contact ? TypedResults.Ok(contact)
            : ApiProblem.NotFound;
    }

    private static async Task<Results<Ok<ApiContact>, ApiProblem>> RecordAsync(
        [Description(Id)] long id, JsonBody<ApiConsentToRecord> body, HttpContext context, RecordConsent record, ContactsQuery query, CancellationToken cancellationToken)
    {
        var actor = context.Actor();
        if (WorkAnswers.Lacks(actor, Permission.SeeAllContacts) is { } lacking)
        {
            return lacking;
        }

        if (body.Value is not { } wish)
        {
            return body.Problem!;
        }

        if (ConsentWords.Read(wish) is not { } read)
        {
            return new ApiProblem(
                StatusCodes.Status400BadRequest,
                "'purpose' is marketing or all_messages, 'decision' is given or stopped, and 'way' is website, shop, phone, email, paper or other.");
        }

        return WorkAnswers.Explain(await record.ExecuteAsync(actor, id, read, cancellationToken), "consent_not_possible") is { } problem ? problem
            : await query.FindAsync(actor, id, cancellationToken) is { } contact ? TypedResults.Ok(contact)
            : ApiProblem.NotFound;
    }

    private static async Task<Results<Ok<ApiContactWords>, ApiProblem>> WordsAsync(HttpContext context, ContactWordsQuery query, CancellationToken cancellationToken) =>
        await query.GetAsync(context.Actor(), cancellationToken) is { } words
            ? TypedResults.Ok(new ApiContactWords(
                [.. words.Fields.Select(f => new ApiContactField(f.Key, f.Name, TypeOf(f.Type), f.Choices))],
                [.. words.Stages.Select(s => new ApiStage(s.Id, s.Name))]))
            : ApiProblem.NotFound;

    private static string TypeOf(ContactFieldType type) => type switch
    {
        ContactFieldType.Number => "number",
        ContactFieldType.Date => "date",
        ContactFieldType.YesNo => "yes_no",
        ContactFieldType.Choice => "choice",
        ContactFieldType.Link => "link",
        _ => "text",
    };
}
