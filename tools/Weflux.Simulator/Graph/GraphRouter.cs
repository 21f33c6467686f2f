using Weflux.Simulator.Graph.Accounts;
using Weflux.Simulator.Graph.Media;

namespace Weflux.Simulator.Graph;

/// <summary>Finds the object a request is about among those that the token opens.</summary>
internal sealed class GraphRouter(
    SimulatorOptions options,
    TokenInspection tokens,
    NumberNode numbers,
    AccountNode accounts,
    MediaNode media)
{
    public async Task<GraphAnswer> AnswerAsync(GraphRequest request)
    {
        if (request.ObjectId == "debug_token")
        {
            return tokens.Answer(request);
        }

        var opened = options.Numbers.Where(number => number.AccessToken == request.Token).ToList();
        if (opened.Count == 0)
        {
            return GraphError.InvalidToken();
        }

        if (opened.Find(number => number.PhoneNumberId == request.ObjectId) is { } phone)
        {
            return await numbers.AnswerAsync(phone, request);
        }

        if (opened.FindAll(number => number.WabaId == request.ObjectId) is { Count: > 0 } inAccount)
        {
            return accounts.Answer(inAccount, request);
        }

        return media.Answer(opened, request)
            ?? (GraphAnswer)(IsId(request.ObjectId)
                ? GraphError.UnknownObject(request.Method, request.ObjectId)
                : GraphError.UnknownPath(request.Path));
    }

    private static bool IsId(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);
}
