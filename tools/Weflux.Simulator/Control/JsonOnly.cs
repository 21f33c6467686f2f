using Microsoft.AspNetCore.Http;

namespace Weflux.Simulator.Control;

/// <summary>
/// A form of a foreign page can post without asking, but not with this content type: so nobody's browser
/// is made to write to a simulator on its own machine.
/// </summary>
internal sealed class JsonOnly : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        return HttpMethods.IsPost(request.Method) && !request.HasJsonContentType()
            ? TypedResults.StatusCode(StatusCodes.Status415UnsupportedMediaType)
            : await next(context);
    }
}
