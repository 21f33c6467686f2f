namespace Weflux.Simulator.Webhooks;

/// <summary>A webhook that Weflux has not yet answered with 200, with the exact text that will be signed.</summary>
internal sealed record QueuedWebhook(long Id, string PhoneNumberId, string Body, string? CustomerWamid, string Field = "messages");
