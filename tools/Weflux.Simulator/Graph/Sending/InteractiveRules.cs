using System.Text.Json;

namespace Weflux.Simulator.Graph.Sending;

/// <summary>Limits of interactive messages.</summary>
internal static class InteractiveRules
{
    public static GraphError? Check(JsonElement interactive)
    {
        var type = interactive.Text("type");
        if (type is null)
        {
            return GraphError.Missing("Parameter 'type' is mandatory for 'interactive'");
        }

        if (interactive.Object("action") is not { } action)
        {
            return GraphError.Missing("Parameter 'action' is mandatory for 'interactive'");
        }

        return CheckFrame(interactive, type) ?? type switch
        {
            "button" => Buttons(action),
            "list" => List(action),
            "cta_url" => Link(action),
            "location_request_message" => Named(action, "send_location"),
            "request_contact_info" => Named(action, "request_contact_info"),
            "flow" or "product" or "product_list" or "catalog_message" or "carousel"
                or "voice_call" or "call_permission_request" or "address_message" => null,
            _ => GraphError.Invalid($"Interactive type '{type}' is not supported"),
        };
    }

    private static GraphError? CheckFrame(JsonElement interactive, string type)
    {
        var bodyLimit = type == "list" ? 4096 : 1024;
        var body = interactive.Object("body")?.Text("text");
        if (string.IsNullOrEmpty(body) && type is not ("product" or "catalog_message"))
        {
            return GraphError.Missing("Parameter 'body' is mandatory for 'interactive'");
        }

        return TooLong("Body text", body, bodyLimit)
            ?? TooLong("Footer text", interactive.Object("footer")?.Text("text"), 60)
            ?? TooLong("Header text", interactive.Object("header")?.Text("text"), 60);
    }

    private static GraphError? Buttons(JsonElement action)
    {
        var replies = action.Items("buttons").Select(button => button.Object("reply")).ToList();
        if (replies.Count is 0 or > 3)
        {
            return GraphError.Invalid("Interactive buttons: there must be 1 to 3 buttons");
        }

        if (replies.Any(reply => string.IsNullOrEmpty(reply?.Text("id")) || string.IsNullOrEmpty(reply?.Text("title"))))
        {
            return GraphError.Missing("Interactive buttons: every button needs a reply with an id and a title");
        }

        if (replies.DistinctBy(reply => reply!.Value.Text("title")).Count() < replies.Count)
        {
            return GraphError.Invalid("Interactive buttons: titles must be unique");
        }

        return replies
            .Select(reply => TooLong("Button title", reply!.Value.Text("title"), 20) ?? TooLong("Button id", reply.Value.Text("id"), 256))
            .FirstOrDefault(error => error is not null);
    }

    private static GraphError? List(JsonElement action)
    {
        var sections = action.Items("sections");
        var rows = sections.SelectMany(section => section.Items("rows")).ToList();
        if (string.IsNullOrEmpty(action.Text("button")))
        {
            return GraphError.Missing("Interactive list: parameter 'button' is mandatory");
        }

        if (sections.Count is 0 or > 10 || rows.Count is 0 or > 10)
        {
            return GraphError.Invalid("Interactive list: there must be 1 to 10 sections and 1 to 10 rows in total");
        }

        if (sections.Count > 1 && sections.Any(section => string.IsNullOrEmpty(section.Text("title"))))
        {
            return GraphError.Missing("Interactive list: every one of several sections needs a title");
        }

        if (rows.Any(row => string.IsNullOrEmpty(row.Text("id")) || string.IsNullOrEmpty(row.Text("title"))))
        {
            return GraphError.Missing("Interactive list: every row needs an id and a title");
        }

        return TooLong("List button", action.Text("button"), 20)
            ?? sections.Select(section => TooLong("Section title", section.Text("title"), 24)).FirstOrDefault(error => error is not null)
            ?? rows.Select(RowTooLong).FirstOrDefault(error => error is not null);
    }

    private static GraphError? RowTooLong(JsonElement row) =>
        TooLong("Row title", row.Text("title"), 24)
        ?? TooLong("Row id", row.Text("id"), 200)
        ?? TooLong("Row description", row.Text("description"), 72);

    private static GraphError? Link(JsonElement action)
    {
        var parameters = action.Object("parameters");
        return string.IsNullOrEmpty(parameters?.Text("display_text")) || !Uri.TryCreate(parameters?.Text("url"), UriKind.Absolute, out _)
            ? GraphError.Missing("Interactive cta_url: parameters 'display_text' and 'url' are mandatory")
            : TooLong("Link label", parameters?.Text("display_text"), 20);
    }

    private static GraphError? Named(JsonElement action, string name) =>
        action.Text("name") == name ? null : GraphError.Invalid($"Interactive action name must be '{name}'");

    private static GraphError? TooLong(string what, string? text, int limit) =>
        text?.Length > limit ? GraphError.Invalid($"{what} length invalid. Min length: 1, Max length: {limit}") : null;
}
