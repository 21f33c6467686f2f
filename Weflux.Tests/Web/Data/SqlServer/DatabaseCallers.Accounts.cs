using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Account;
using Weflux.Web.Account.Passkeys;
using Weflux.Web.Account.Passwords;
using Weflux.Web.Account.Profile;
using Weflux.Web.Account.Sessions;
using Weflux.Web.Account.SignUp;
using Weflux.Web.Account.TwoFactor;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Demo;
using Weflux.Web.Mail;
using Weflux.Web.Operations;
using Weflux.Web.Security;
using Weflux.Web.Start;

namespace Weflux.Tests.Web.Data.SqlServer;

/// <summary>People's accounts, their mail and the start of a workspace.</summary>
internal static class Accounts
{
    private const string Password = AccountForms.GoodPassword;
    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly UserId Person = new(1);
    private static readonly Lazy<string> Hash = new(() => new BcryptPasswordHasher(Microsoft.Extensions.Options.Options.Create(new PasswordHashOptions { Cost = 10 })).HashPassword(new WefluxUser(), Password));

    public static MailQueue Mails(PretendServer s) => Services(s).GetRequiredService<MailQueue>();

    public static IEnumerable<DatabaseCaller> All() => [.. SessionsAndLinks(), .. Passwords(), .. SignUps(), .. Factors(), .. Profiles(), .. Rest()];

    private static IEnumerable<DatabaseCaller> SessionsAndLinks()
    {
        yield return Of<SessionBook>("all", async (s, book) =>
        {
            var session = await book.BeginAsync(Person, "Device", "127.0.0.1", Never);
            s.Time.Advance(TimeSpan.FromDays(1));
            await book.WasOpenAsync(Person, session, "127.0.0.1", Never);
            await book.IsOpenAsync(Person, session, Never);
            await book.IsInUseAsync(Person, session, Never);
            await book.EndAsync(Person, session, Never);
            await s.Database.WriteForSystemAsync(db => book.RemoveAsync(db, Person, session, Never), Never);
            await s.Database.WriteForSystemAsync(db => book.RemoveAsync(db, Person, null, Never), Never);
            await book.SweepAsync(Never);
        });
        yield return Of<SessionsQuery>("all", (_, query) => query.GetAsync(Person, null, Never));
        yield return Of<AccountLinks>("all", async (s, links) =>
        {
            await s.Database.WriteForSystemAsync(db => links.IssueAsync(db, AccountLinkKind.EmailChange, Person, "a@b.test", TimeSpan.FromHours(1), Never), Never);
            var link = await links.FindAsync(AccountLinkKind.PasswordReset, "secret", Never);
            await s.Database.WriteForSystemAsync(db => links.UseAsync(db, link!, Never), Never);
            await s.Database.WriteForSystemAsync(db => links.IssueForAddressAsync(db, AccountLinkKind.SignUp, "A@B.TEST", "{}", TimeSpan.FromHours(1), Never), Never);
            await s.Database.WriteForSystemAsync(db => links.IsFreshAsync(db, AccountLinkKind.PasswordReset, Person, TimeSpan.FromMinutes(5), Never), Never);
            await links.SweepAsync(Never);
        });
        yield return Of<EndOtherSessions>("all", (_, use) => use.ExecuteAsync(Person, Guid.NewGuid(), Never));
        yield return Of<SignInTries>("all", async (_, tries) =>
        {
            var counted = await tries.CountAsync(Person, Never);
            await tries.ForgiveAsync(Person, counted!, isIn: false);
            await tries.ForgiveAsync(Person, new CountedTry(null), isIn: true);
        });
        yield return Of<WefluxSignIn>("a weak hash", async (_, signIn) =>
        {
            var digest = Convert.ToBase64String(SHA384.HashData(System.Text.Encoding.UTF8.GetBytes(Password)));
            var user = new WefluxUser { Id = 1, PasswordHash = BCrypt.Net.BCrypt.HashPassword(digest, 4) };
            (await signIn.CheckPasswordSignInAsync(user, Password, lockoutOnFailure: true)).Succeeded.Should().BeTrue();
        });
        yield return Of<LockoutNotice>("all", (_, notice) => notice.ExecuteAsync(Person, Never));
    }

    private static IEnumerable<DatabaseCaller> Passwords()
    {
        yield return Of<ForgetPassword>("without mail", (_, use) => use.ExecuteAsync("a@b.test", null, Never));
        yield return Of<ForgetPassword>("with mail", (s, use) =>
        {
            s.Rows.With("", 0);
            return use.ExecuteAsync("a@b.test", null, Never);
        }, withMail: true);
        yield return Of<ResetPassword>("all", async (_, use) => (await use.ExecuteAsync("secret", Password, true, null, Never)).Should().BeNull());
        yield return Of<ChangePassword>("all", async (_, use) =>
            (await use.ExecuteAsync(Person, Guid.NewGuid(), Password, Password + " more", null, Never)).Should().BeNull());
        yield return Of<IssueResetLink>("elsewhere", (s, use) => use.ExecuteAsync(s.Admin, new UserId(2), Never));
        yield return Of<IssueResetLink>("made", async (s, use) =>
        {
            s.Rows.With("", 0).On("AND [m].[IsActive]", () => s.Rows.With("", 1)).On("NOT EXISTS", () => s.Rows.With("", 0));
            await use.ExecuteAsync(s.Admin, new UserId(2), Never);
        });
        yield return Of<MailTrouble>("all", (s, query) => query.FindAsync(s.Admin, Never), withMail: true);
        yield return Of<WaitingResetsQuery>("all", (s, query) =>
        {
            s.Rows.With("ResetAskedAt", Stand.Noon);
            return query.GetAsync(s.Admin, Never);
        });
        yield return new DatabaseCaller(typeof(ResetLinkCommand), "all", async s =>
        {
            using var output = new StringWriter();
            await ActivatorUtilities.CreateInstance<ResetLinkCommand>(Services(s)).RunAsync(["a@b.test", "--without-second-step"], output, Never);
        });
    }

    private static IEnumerable<DatabaseCaller> SignUps()
    {
        var request = new SignUpRequest("Ana", "ana@example.com", Password, "Bakery", "bakery");
        yield return Of<SignUpDoor>("both", async (s, door) =>
        {
            await door.IsOpenAsync(Never);
            await door.IsNobodyThereAsync(Never);
            await s.Database.WriteForSystemAsync(db => door.PassAsync(db, Never), Never);
        });
        yield return Of<SlugAdvice>("all", async (_, advice) =>
        {
            await advice.JudgeAsync("bakery", Never);
            await advice.SuggestAsync("Bakery", Never);
        });
        yield return Of<OpenAccount>("by mail", (s, use) =>
        {
            s.Rows.With("", 0);
            return use.ExecuteAsync(request, null, Never);
        }, withMail: true, open: true);
        yield return Of<OpenAccount>("at once", (s, use) =>
        {
            s.Rows.With("", 0).Rows(0, "FROM [AspNetUserClaims]");
            return use.ExecuteAsync(request, null, Never);
        }, open: true);
        yield return Of<CreateWorkspace>("all", async (s, use) =>
        {
            await use.MayAsync(Person, Never);
            s.Rows.With("", 1).On("[Slug] = @", () => s.Rows.With("", 0));
            await use.ExecuteAsync(Person, "Bakery", "bakery", null, null, Never);
        });
    }

    private static IEnumerable<DatabaseCaller> Factors()
    {
        yield return Of<SecondFactors>("set up", async (s, factors) =>
        {
            s.Rows.With("TwoFactorEnabled", false).With("", 1);
            await factors.PrepareAsync(Person, Never);
            (await factors.ConfirmAsync(Person, null, Totp.Code(new byte[20], Totp.StepAt(Stand.Noon)), Never)).Should().NotBeNull();
        });
        yield return Of<SecondFactors>("new", (s, factors) =>
        {
            s.Rows.With("TwoFactorEnabled", false).Rows(0, "FROM [SecondFactors]");
            return factors.PrepareAsync(Person, Never);
        });
        yield return Of<SecondFactors>("the rest", async (_, factors) =>
        {
            await factors.CheckAsync(Person, "a recovery code", Never);
            await factors.CountCodesAsync(Person, Never);
            await factors.RenewCodesAsync(Person, Never);
            await factors.RemoveAsync(Person, null, Never);
        });
    }

    private static IEnumerable<DatabaseCaller> Profiles()
    {
        yield return Of<ProfileQuery>("all", (_, query) => query.GetAsync(Person, Never));
        yield return Of<SaveProfile>("all", async (_, use) =>
            (await use.ExecuteAsync(Person, "Ana", "en", "UTC", PersonPreferences.Default, Never)).Should().BeNull());
        yield return Of<PersonPictures>("again", async (_, pictures) =>
        {
            (await pictures.SaveAsync(Person, Account.PictureFileTests.Png(null), Never)).Should().BeNull();
            await pictures.FindAsync(Person, new UserId(2), Never);
            await pictures.RemoveAsync(Person, Never);
        });
        yield return Of<PersonPictures>("first", (s, pictures) =>
        {
            s.Rows.Rows(0, "FROM [PersonPictures]");
            return pictures.SaveAsync(Person, Account.PictureFileTests.Png(null), Never);
        });
        yield return Of<ChangeEmail>("free", (s, use) =>
        {
            s.Rows.With("", 0);
            return use.ExecuteAsync(Person, "new@example.com", Password, null, Never);
        }, withMail: true);
        yield return Of<ChangeEmail>("taken", (_, use) => use.ExecuteAsync(Person, "new@example.com", Password, null, Never), withMail: true);
        yield return Of<ConfirmEmail>("all", async (s, use) =>
        {
            s.Rows.With("Payload", Stand.Protector.ProtectText("new@example.com", $"AccountLinks/{Guid.Empty:N}/Payload")).With("", 0);
            (await use.ExecuteAsync("secret", null, Never)).Should().BeTrue();
        });
    }

    private static IEnumerable<DatabaseCaller> Rest()
    {
        yield return Of<MailSender>("failing and sweeping", async (s, sender) =>
        {
            var text = JsonSerializer.Serialize(new MailText("a@b.test", null, "Hello", "Text"));
            s.Rows.With("Text", Stand.Protector.ProtectText(text, OutgoingMail.TextContext(Guid.Empty)));
            await sender.BeatAsync(Never);
        }, withMail: true);
        yield return Of<MailSender>("given up", async (s, sender) =>
        {
            s.Rows.With("Text", RandomNumberGenerator.GetBytes(80));
            await sender.BeatAsync(Never);
        }, withMail: true);
        yield return Of<StartQuery>("both", async (s, query) =>
        {
            await query.GetAsync(s.Admin);
            await query.PhoneAsync(s.Admin);
        });
        yield return Of<TakeTrialNumber>("taken", (s, use) =>
        {
            s.Rows.With("", 0);
            return use.ExecuteAsync(s.Admin);
        });
    }

    private static DatabaseCaller Of<T>(string way, Func<PretendServer, T, Task> run, bool withMail = false, bool open = false)
        where T : notnull =>
        new(typeof(T), way, s => run(s, Services(s, withMail, open).GetRequiredService<T>()));

    /// <summary>The program's own services over the pretend server, with a request that nobody sent.</summary>
    private static IServiceProvider Services(PretendServer s, bool withMail = false, bool open = false)
    {
        s.Rows.With("PasswordHash", Hash.Value).With("UserName", "a@b.test").With("Email", "a@b.test").With("NormalizedUserName", "A@B.TEST").With("Language", "en")
            .With("SecurityStamp", "stamp").With("LockoutEnabled", false).With("TwoFactorEnabled", true).With("Key", Guid.Empty).With("UserId", 1L)
            .With("Seed", Stand.Protector.Protect(new byte[20], SecondFactor.SeedContext(Person)));
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Weflux:Passwords:Cost"] = "10", ["Weflux:SignUp"] = open ? "Open" : "FirstRun" };
        if (withMail)
        {
            (settings["Weflux:Mail:Host"], settings["Weflux:Mail:Port"], settings["Weflux:Mail:From"]) = ("127.0.0.1", "1", "a@b.test");
        }

        var services = new ServiceCollection();
        services.AddLogging().AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddSingleton(s.Database).AddScoped(_ => s.Database.OpenForSystem()).AddSingleton(Stand.Protector).AddSingleton<TimeProvider>(s.Time);
        services.AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = "Production" });
        services.Configure<DemoOptions>(o => o.Enabled = true).AddOptions<AddressOptions>();
        services.AddSingleton<PublicAddress>().AddSingleton<AccessWatch>();
        services.AddAudit().AddMail().AddAccount().AddStart();
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        var provider = services.BuildServiceProvider();
        var scope = provider.CreateScope().ServiceProvider;
        SetContext(provider, new DefaultHttpContext { RequestServices = scope });
        return scope;
    }

    private static void SetContext(IServiceProvider provider, HttpContext context) =>
        typeof(IHttpContextAccessor).GetProperty("HttpContext")!.SetValue(provider.GetRequiredService<IHttpContextAccessor>(), context);
}
