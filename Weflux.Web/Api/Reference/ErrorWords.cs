namespace Weflux.Web.Api.Reference;

/// <summary>What an error of an operation means.</summary>
internal static class ErrorWords
{
    private const int BadRequest = StatusCodes.Status400BadRequest;
    private const int NotFound = StatusCodes.Status404NotFound;
    private const int Conflict = StatusCodes.Status409Conflict;
    private const int TooLarge = StatusCodes.Status413PayloadTooLarge;
    private const int Unprocessable = StatusCodes.Status422UnprocessableEntity;

    /// <summary>The words of each error that an operation may answer with; those of others are left as they are.</summary>
    public static IEnumerable<(int Status, string Words)> Of(string? operationId) =>
    [
        (NotFound, "There is none of that id in the key's workspace."),
        (BadRequest, operationId switch
        {
            "sendMessage" => "The body is no message; `detail` says what is missing.",
            "listEvents" or "listConversations" or "listMessages" or "listContacts" or "listTemplates" or "listWebhookDeliveries" =>
                "A parameter has a bad value; `detail` says which.",
            _ => "The body cannot be read, or something is missing in it; `detail` says what.",
        }),
        (TooLarge, operationId == "uploadMedia" ? "The file is larger than WhatsApp takes for its kind." : "The body has more than 1 MB."),
        (Conflict, operationId switch
        {
            "sendMessage" => "The message may not be sent now; `reason` says why: `needs_template`, `opted_out`, `restricted`, `group_is_read_only` or `connection_not_ready`.",
            "replayWebhookDelivery" => "The delivery is not parked, or its body is no longer kept.",
            "replayEvent" or "replayFailedEvents" => "The webhook is off (`webhook_off`).",
            "snoozeConversation" => "The conversation is closed (`closed`).",
            "addLabel" => "The conversation carries as many labels as it can (`full`).",
            _ => "It cannot be done with the conversation as it is; `reason` says why.",
        }),
        (Unprocessable, operationId switch
        {
            "sendMessage" => "The message breaks a limit of WhatsApp (`reason` says which), or the idempotency key stands for another request.",
            "uploadMedia" => "WhatsApp would not take the file; `detail` says why.",
            "writeNote" => "The words are too many or none, or the idempotency key stands for another request.",
            "saveContact" or "updateContact" => "A value cannot be taken: `reason` says which, such as `phone_not_possible`, `stage_unknown` or `field_not_possible`. Nothing is saved.",
            _ => "A value cannot be taken; `reason` says why in one word, `detail` what to do.",
        }),
    ];
}
