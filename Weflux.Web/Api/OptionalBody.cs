namespace Weflux.Web.Api;

/// <summary>What a program sent as JSON, where everything in it may be left out, so that the body may be too.</summary>
internal sealed record OptionalBody<T>(T? Value, ApiProblem? Problem)
    where T : class, new()
{
    public static async ValueTask<OptionalBody<T>?> BindAsync(HttpContext context)
    {
        if (context.Request.ContentType is null && context.Request.ContentLength is null or 0)
        {
            return new OptionalBody<T>(new T(), null);
        }

        var body = await JsonBody<T>.BindAsync(context);
        return new OptionalBody<T>(body!.Value, body.Problem);
    }
}
