using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Weflux.Web.Data;
using Weflux.Web.Security;

namespace Weflux.Web.Operations;

public static class OperationsSetup
{
    private const string Ready = "ready";

    public static WebApplicationBuilder AddOperations(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<AddressOptions>().BindConfiguration(AddressOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AddressOptions>, AddressOptionsCheck>();
        services.AddSingleton<PublicAddress>();
        services.AddSingleton<ICommand, RotateKeys>();

        // Request lines and circuit messages hold what nobody may read in a log: verify tokens, links that open accounts, secrets as they are typed.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.SignalR", LogLevel.Information);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Components.Server", LogLevel.Information);
        services.AddOptions<HostFilteringOptions>().Configure<PublicAddress>((options, address) => options.AllowedHosts = [.. address.Hosts]);
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<AddressOptions>>(TrustKnownProxies);
        services.AddHealthChecks().AddCheck<DatabaseReachable>("database", tags: [Ready]);

        // Open circuits would otherwise hold the process for half a minute.
        services.Configure<HostOptions>(options =>
        {
            options.ShutdownTimeout = TimeSpan.FromSeconds(5);
            options.ServicesStopConcurrently = true;
        });
        builder.AddTelemetry();
        builder.WebHost.ConfigureKestrel(options => options.AddServerHeader = false);
        if (!PublicAddress.IsListeningConfigured(builder.Configuration))
        {
            builder.WebHost.UseUrls(PublicAddress.Default);
        }

        return builder;
    }

    /// <summary>Looks at every setting before anything is touched, and names all faults at once.</summary>
    public static void CheckSettings(this WebApplication app)
    {
        FailPoint.Arm(app.Environment.IsProduction());
        try
        {
            app.Services.GetRequiredService<IStartupValidator>().Validate();
        }
        catch (AggregateException faults)
        {
            throw new StartupRefusedException(string.Join(' ', faults.InnerExceptions.OfType<OptionsValidationException>().SelectMany(f => f.Failures)));
        }
        catch (OptionsValidationException fault)
        {
            throw new StartupRefusedException(string.Join(' ', fault.Failures));
        }

        app.Services.GetRequiredService<KeyRing>();
    }

    public static WebApplication UseOperations(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseMiddleware<SecurityHeaders>();
        if (!app.Environment.IsDevelopment())
        {
            app.UseExceptionHandler("/error", createScopeForErrors: true);
        }

        // Programs get the bare status; only somebody who looks at a page gets a page.
        app.UseWhen(IsPageView, branch => branch.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
        app.UseMiddleware<HttpsPages>();
        app.UseMiddleware<AllowedOrigins>();
        return app;
    }

    public static void MapOperations(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(Ready),
            ResponseWriter = ReadinessAnswer.WriteAsync,
        }).AllowAnonymous();
    }

    /// <summary>Makes the endpoints now, which the server would do at its start.</summary>
    public static void MakeEndpoints(this IEndpointRouteBuilder app)
    {
        foreach (var source in app.DataSources)
        {
            _ = source.Endpoints;
        }
    }

    private static bool IsPageView(HttpContext context) =>
        (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && context.Request.Headers.Accept.Any(value => value?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true)
        && !ProgramPaths.Contains(context.Request.Path);

    private static void TrustKnownProxies(ForwardedHeadersOptions options, IOptions<AddressOptions> address)
    {
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in address.Value.KnownProxies)
        {
            options.KnownIPNetworks.Add(AddressOptions.ParseProxy(proxy)!.Value);
        }

        // The host is never taken from a header: links come from the public address. With no known proxy nothing is
        // read at all, because an empty list would trust everybody.
        options.ForwardedHeaders = address.Value.KnownProxies.Count > 0
            ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto
            : ForwardedHeaders.None;
        options.ForwardLimit = Math.Max(1, address.Value.KnownProxies.Count);
    }
}
