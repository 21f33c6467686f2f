namespace Weflux.Simulator.Graph.Media;

/// <summary>A file that belongs to a phone number: uploaded by the business or sent by a customer.</summary>
internal sealed record MediaItem(string Id, string PhoneNumberId, string MimeType, string Sha256, long Size, DateTimeOffset At);
