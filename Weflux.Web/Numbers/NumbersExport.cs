using Weflux.Web.Connections;
using Weflux.Web.Team.Deletion;

namespace Weflux.Web.Numbers;

/// <summary>What the export of a workspace says of its numbers: everything but tokens and secrets.</summary>
internal static class NumbersExport
{
    public static IServiceCollection AddNumbersExport(this IServiceCollection services) => services
        .AddSingleton(ExportPart.Of<Connection>("numbers.jsonl", "its numbers; connectionId refers to them", c => new
        {
            c.Id,
            c.MetaAppId,
            Kind = c.Kind.ToString(),
            c.WabaId,
            c.PhoneNumberId,
            c.PortfolioId,
            c.DisplayPhoneNumber,
            c.Name,
            State = c.State.ToString(),
            c.ConnectedAt,
            c.LastHeardAt,
            c.DisconnectedAt,
        }))
        .AddSingleton(ExportPart.Of<MetaApp>("apps.jsonl", "the Meta apps of its numbers", a => new { a.Id, a.AppId, a.AppKey }))
        .AddSingleton(ExportPart.Of<ConnectionEvent>("numberevents.jsonl", "what befell its numbers", e => new { e.ConnectionId, e.At, e.Words, e.IsTrouble }));
}
