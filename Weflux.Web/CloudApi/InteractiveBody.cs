using System.Text.Json.Nodes;
using Weflux.Domain.Conversations;

namespace Weflux.Web.CloudApi;

/// <summary>The <c>interactive</c> object of a send call: buttons, lists, links, requests and products.</summary>
internal static class InteractiveBody
{
    /// <returns>Null if the content is none of these.</returns>
    public static JsonObject? Of(MessageContent content) => content switch
    {
        ButtonsContent buttons => Framed("button", buttons.Frame, new JsonObject
        {
            ["buttons"] = List(buttons.Buttons, b => new JsonObject
            {
                ["type"] = "reply",
                ["reply"] = new JsonObject { ["id"] = b.Id, ["title"] = b.Title },
            }),
        }),
        ListContent list => Framed("list", list.Frame, new JsonObject
        {
            ["button"] = list.Button,
            ["sections"] = List(list.Sections, Section),
        }),
        LinkButtonContent link => Framed("cta_url", link.Frame, new JsonObject
        {
            ["name"] = "cta_url",
            ["parameters"] = new JsonObject { ["display_text"] = link.Label, ["url"] = link.Url },
        }),
        LocationRequestContent request => Framed(
            "location_request_message", new MessageFrame(request.Body), new JsonObject { ["name"] = "send_location" }),
        ProductContent product => Framed("product", new MessageFrame(product.Body ?? "", Footer: product.Footer), new JsonObject
        {
            ["catalog_id"] = product.CatalogId,
            ["product_retailer_id"] = product.ProductId,
        }),
        ProductListContent products => Framed("product_list", products.Frame, new JsonObject
        {
            ["catalog_id"] = products.CatalogId,
            ["sections"] = List(products.Sections, s => new JsonObject
            {
                ["title"] = s.Title,
                ["product_items"] = List(s.ProductIds, id => new JsonObject { ["product_retailer_id"] = id }),
            }),
        }),
        _ => null,
    };

    private static JsonObject Framed(string type, MessageFrame frame, JsonObject action)
    {
        var written = new JsonObject { ["type"] = type };
        if (!string.IsNullOrEmpty(frame.Header))
        {
            written["header"] = new JsonObject { ["type"] = "text", ["text"] = frame.Header };
        }

        if (frame.Body.Length > 0)
        {
            written["body"] = new JsonObject { ["text"] = frame.Body };
        }

        if (!string.IsNullOrEmpty(frame.Footer))
        {
            written["footer"] = new JsonObject { ["text"] = frame.Footer };
        }

        written["action"] = action;
        return written;
    }

    private static JsonObject Section(ListSection section)
    {
        var written = new JsonObject();
        if (section.Title.Length > 0)
        {
            written["title"] = section.Title;
        }

        written["rows"] = List(section.Rows, r =>
        {
            var row = new JsonObject { ["id"] = r.Id, ["title"] = r.Title };
            if (!string.IsNullOrEmpty(r.Description))
            {
                row["description"] = r.Description;
            }

            return row;
        });
        return written;
    }

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonObject> write) => new([.. items.Select(i => (JsonNode)write(i))]);
}
