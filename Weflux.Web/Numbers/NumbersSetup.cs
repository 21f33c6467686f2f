using Weflux.Web.App;
using Weflux.Web.Numbers.Checks;
using Weflux.Web.Numbers.Doctor;
using Weflux.Web.Numbers.History;
using Weflux.Web.Numbers.Wizard;

namespace Weflux.Web.Numbers;

public static class NumbersSetup
{
    public static IServiceCollection AddNumbers(this IServiceCollection services)
    {
        services.AddSingleton<PlatformCheck>();
        services.AddSingleton<CheckNumber>();
        services.AddSingleton<FreePracticeNumbers>();
        services.AddSingleton<ReplaceSecret>();
        services.AddSingleton<ConnectNumber>();
        services.AddSingleton<SubscribeNumber>();
        services.AddSingleton<NumberExam>();
        services.AddSingleton<ExamineNumber>();
        services.AddSingleton<PauseNumber>();
        services.AddSingleton<ResumeNumber>();
        services.AddSingleton<RotateToken>();
        services.AddSingleton<RotateAppSecret>();
        services.AddSingleton<StopOldSecret>();
        services.AddSingleton<EnterAppId>();
        services.AddSingleton<DisconnectNumber>();
        services.AddSingleton<NumbersQuery>();
        services.AddSingleton<NumberQuery>();
        services.AddSingleton<NumberHistoryQuery>();
        services.AddSingleton<BrokenNumbers>();
        services.AddSingleton<NumberWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<NumberWatch>());
        services.AddSingleton(new ShellNotice(typeof(BrokenNumbersNotice)));
        services.AddNumbersExport();
        return services;
    }
}
