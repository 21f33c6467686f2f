using Weflux.Simulator.Graph.Accounts;
using Weflux.Simulator.Graph.Media;
using Weflux.Simulator.Graph.Templates;

namespace Weflux.Simulator.Graph;

/// <summary>Finds the object a request is about among those that the token opens.</summary>
internal sealed class GraphRouter(
    TokenBook tokens,
    AppBook apps,
    TokenInspection inspection,
    AppNode app,
    NumberNode numbers,
    AccountNode accounts,
    MediaNode media,
    TemplateDesk templates,
    SampleShelf samples)
{
    public async Task<GraphAnswer> AnswerAsync(GraphRequest request)
    {
        if (request.ObjectId == "debug_token")
        {
            return inspection.Answer(request);
        }

        if (SampleShelf.IsAbout(request))
        {
            return await samples.AnswerAsync(request, tokens.Find(request.Token) is { } holder && TokenBook.Refuse(holder) is null);
        }

        if (apps.Find(request.ObjectId) is { } asked)
        {
            return await app.AnswerAsync(asked, request);
        }

        if (tokens.Find(request.Token) is not { } token)
        {
            return GraphError.InvalidToken();
        }

        if (TokenBook.Refuse(token) is { } refusal)
        {
            return refusal;
        }

        var opened = tokens.Opened(token);

        if (opened.Find(number => number.PhoneNumberId == request.ObjectId) is { } phone)
        {
            return await numbers.AnswerAsync(phone, token, request);
        }

        if (opened.FindAll(number => number.WabaId == request.ObjectId) is { Count: > 0 } inAccount)
        {
            return await accounts.AnswerAsync(inAccount, request);
        }

        return media.Answer(opened, request)
            ?? templates.Answer(opened, request)
            ?? (GraphAnswer)(IsId(request.ObjectId)
                ? GraphError.UnknownObject(request.Method, request.ObjectId)
                : GraphError.UnknownPath(request.Path));
    }

    private static bool IsId(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);
}
