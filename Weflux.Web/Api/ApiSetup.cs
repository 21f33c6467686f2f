using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Weflux.Web.Api.Events;
using Weflux.Web.Api.Keys;
using Weflux.Web.Api.Reading;
using Weflux.Web.Api.Reference;
using Weflux.Web.Api.Sending;
using Weflux.Web.Api.Working;
using Weflux.Web.Team.Deletion;

namespace Weflux.Web.Api;

public static class ApiSetup
{
    private const string PerKey = "api-key";

    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddOptions<ApiOptions>().BindConfiguration(ApiOptions.Section)
            .Validate(o => o.IsSensible, ApiOptions.Fault).ValidateOnStart();
        services.AddSingleton(ExportPart.Of<ApiKey>("apikeys.jsonl", "its API keys by name, without the keys", k => new
        {
            k.Id,
            k.Name,
            k.Hint,
            k.Scopes,
            k.CreatedAt,
            CreatedBy = k.CreatedBy?.Value,
            k.ExpiresAt,
            k.RevokedAt,
            k.LastUsedAt,
        }));
        services.AddSingleton<ApiKeys>().AddSingleton<ApiKeyLimits>().AddSingleton<IssueApiKey>().AddSingleton<RevokeApiKey>();
        services.AddSingleton<ApiKeyUse>().AddHostedService(provider => provider.GetRequiredService<ApiKeyUse>());
        services.AddSingleton<ClaimIdempotencyKey>().AddSingleton<SendByApi>();
        services.AddSingleton<MessageStreamQuery>().AddSingleton<ConversationsQuery>().AddSingleton<ContactsQuery>().AddSingleton<DeliveriesQuery>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null);
        services.AddRateLimiter(limits =>
        {
            limits.AddPolicy(PerKey, LimitOf);
            limits.OnRejected = RefuseAsync;
        });
        services.AddSingleton<ApiKeysQuery>().AddSingleton<ApiClockQuery>().AddSingleton<NoteQuery>().AddSingleton<ContactWordsQuery>().AddSingleton<SaveContactFacts>();
        services.AddEvents();
        services.AddApiReference();
        return services;
    }

    /// <summary>Before routing, so that whatever refuses a request to the API does it in the API's own way.</summary>
    public static WebApplication UseApi(this WebApplication app)
    {
        app.UseMiddleware<ApiAnswers>();
        return app;
    }

    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1")
            .RequireAuthorization(policy => policy.AddAuthenticationSchemes(ApiKeyAuthentication.SchemeName).RequireAuthenticatedUser())
            .RequireRateLimiting(PerKey)
            .DisableAntiforgery()
            .WithMetadata(new SkipStatusCodePagesAttribute());
        ApiEndpoints.Map(api);
        ConversationEndpoints.Map(api);
        ContactEndpoints.Map(api);
        ApiMediaEndpoints.Map(api);
        EventsEndpoints.Map(api);
        app.MapApiReference();
        UnknownAddress.Map(app);
    }

    private static RateLimitPartition<long> LimitOf(HttpContext context) => RateLimitPartition.GetTokenBucketLimiter(
        context.Actor().Key!.Id.Value,
        _ =>
        {
            var options = context.RequestServices.GetRequiredService<IOptions<ApiOptions>>().Value;
            return new TokenBucketRateLimiterOptions
            {
                TokenLimit = options.Burst,
                TokensPerPeriod = options.RequestsPerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            };
        });

    private static ValueTask RefuseAsync(OnRejectedContext refused, CancellationToken cancellationToken)
    {
        var wait = refused.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        return new ValueTask(ApiProblem.TooMany(wait, "This key calls more often than it may.").WriteAsync(refused.HttpContext));
    }
}
