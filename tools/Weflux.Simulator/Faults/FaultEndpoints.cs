using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weflux.Simulator.Control;
using Weflux.Simulator.Phone;

namespace Weflux.Simulator.Faults;

/// <summary>The switches, as a page and over HTTP.</summary>
internal static class FaultEndpoints
{
    public static void Map(IEndpointRouteBuilder simulator)
    {
        simulator.MapGet("/faults", (HttpContext http) => PhoneAssets.Page("faults.html", http));

        var api = simulator.MapGroup("/api/faults").AddEndpointFilter(new JsonOnly());
        api.MapGet("", (FaultBook faults) => View(faults));
        api.MapPost("", SetAsync);
        api.MapPost("/off", OffAsync);
        api.MapPost("/seed", SeedAsync);
    }

    private static async Task<IResult> SetAsync(HttpRequest request, FaultBook faults, SimulatorOptions options)
    {
        if (await ControlAnswer.BodyAsync(request) is not { } body)
        {
            return ControlAnswer.Refused("A fault is needed.");
        }

        if (FaultRequest.Read(body, options, out var wrong) is not { } fault)
        {
            return ControlAnswer.Refused(wrong!);
        }

        faults.Set(fault);
        return View(faults);
    }

    /// <summary>Without a key, everything goes right again.</summary>
    private static async Task<IResult> OffAsync(HttpRequest request, FaultBook faults)
    {
        if ((await ControlAnswer.BodyAsync(request))?.Text("key") is { } key)
        {
            faults.Remove(key);
        }
        else
        {
            faults.Clear();
        }

        return View(faults);
    }

    private static async Task<IResult> SeedAsync(HttpRequest request, FaultBook faults)
    {
        if ((await ControlAnswer.BodyAsync(request))?.Member("seed") is not { ValueKind: System.Text.Json.JsonValueKind.Number } given
            || !given.TryGetInt32(out var seed))
        {
            return ControlAnswer.Refused("A seed is a whole number.");
        }

        faults.Sow(seed);
        return View(faults);
    }

    private static IResult View(FaultBook faults) => ControlAnswer.Json(new { faults.Seed, Data = faults.All });
}
