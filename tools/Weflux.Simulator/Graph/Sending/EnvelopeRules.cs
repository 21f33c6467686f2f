using System.Text.Json;

namespace Weflux.Simulator.Graph.Sending;

/// <summary>What every send has around its content.</summary>
internal static class EnvelopeRules
{
    private const int CallbackDataLimit = 512;

    public static GraphError? Check(JsonElement body)
    {
        if (CheckProduct(body) is { } wrongProduct)
        {
            return wrongProduct;
        }

        if (body.Member("recipient_type") is { } kind && (kind.ValueKind != JsonValueKind.String || kind.GetString() != "individual"))
        {
            return GraphError.Parameter($"Param recipient_type must be one of {{INDIVIDUAL}} - got \"{kind}\".");
        }

        if (body.Member("biz_opaque_callback_data") is { } data
            && (data.ValueKind != JsonValueKind.String || data.GetString()!.Length > CallbackDataLimit))
        {
            return GraphError.Parameter($"Param biz_opaque_callback_data must be a string of at most {CallbackDataLimit} characters.");
        }

        if (body.Member("context") is { } context && string.IsNullOrEmpty(context.Text("message_id")))
        {
            return GraphError.Parameter("The parameter context['message_id'] is required.");
        }

        return null;
    }

    public static GraphError? CheckProduct(JsonElement body) => body.Text("messaging_product") switch
    {
        "whatsapp" => null,
        null => GraphError.Parameter("The parameter messaging_product is required."),
        var other => GraphError.Parameter($"Param messaging_product must be one of {{WHATSAPP}} - got \"{other}\"."),
    };
}
