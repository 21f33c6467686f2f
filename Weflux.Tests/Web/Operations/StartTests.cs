using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Security;
using Weflux.Web.Data;
using Weflux.Web.Operations;

namespace Weflux.Tests.Web.Operations;

public sealed class StartTests
{
    [Fact]
    public async Task Production_without_keys_refuses_to_start_in_one_line()
    {
        var (exitCode, errors) = await WefluxProcess.RunAsync("Production", ("Weflux:PublicAddress", "https://inbox.example.com"));

        exitCode.Should().Be(1);
        errors.TrimEnd().Should().StartWith("Weflux did not start. Production needs its own encryption keys").And.NotContain("\n");
    }

    [Fact]
    public async Task All_faulty_settings_are_named_at_once()
    {
        var (exitCode, errors) = await WefluxProcess.RunAsync(
            "Production",
            ("Weflux:PublicAddress", "http://inbox.example.com"),
            ("Weflux:KnownProxies:0", "the proxy"),
            ("Weflux:Database:Provider", "Postgres"),
            ("Weflux:Passwords:Cost", "4"));

        exitCode.Should().Be(1);
        errors.TrimEnd().Should().Contain("must start with https://").And.Contain("'the proxy'").And.Contain("'Postgres'")
            .And.Contain("Weflux:Passwords:Cost").And.NotContain("\n");
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_left_alone()
    {
        await using var host = await WefluxHost.StartAsync();
        var folder = host.DataDirectory;
        await using (var db = host.Services.GetRequiredService<WefluxDatabase>().OpenForSystem())
        {
            await db.Database.ExecuteSqlRawAsync(
                "INSERT INTO \"__EFMigrationsHistory\" (\"MigrationId\", \"ProductVersion\") VALUES ('99991231235959_FromTheFuture', '99.0.0')");
        }

        var migration = host.Services.GetRequiredService<DatabaseMigration>();
        var refusal = await FluentActions.Awaiting(() => migration.RunAsync(CancellationToken.None)).Should().ThrowAsync<StartupRefusedException>();
        refusal.WithMessage("*newer version*FromTheFuture*");

        var (exitCode, errors) = await WefluxProcess.RunAsync("Development", ("Weflux:Database:ConnectionString", $"Data Source={folder}/weflux.db"));
        exitCode.Should().Be(1);
        errors.Should().StartWith("Weflux did not start. The database was written by a newer version");
    }

    [Theory]
    [InlineData("rotate-keys")]
    [InlineData("verify-audit", "somebody@example.com")]
    [InlineData("reset-link", "somebody@example.com")]
    [InlineData("reset-link", "somebody@example.com", "--without-second-step")]
    public async Task A_command_changes_neither_the_schema_nor_the_demo(params string[] command)
    {
        var folder = Directory.CreateTempSubdirectory("weflux-");
        try
        {
            var file = Path.Combine(folder.FullName, "weflux.db");
            var (exitCode, errors) = await WefluxProcess.RunAsync("Development", command, ("Weflux:Database:ConnectionString", $"Data Source={file}"));

            exitCode.Should().Be(1);
            errors.TrimEnd().Should().StartWith("Weflux did not start. The database is not up to date").And.NotContain("\n");
            (File.Exists(file) ? new FileInfo(file).Length : 0).Should().Be(0, "nothing was made");
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_switch_of_a_command_does_not_swallow_the_setting_after_it()
    {
        string[] arguments = ["reset-link", "somebody@example.com", "--without-second-step", "--urls=http://localhost:1"];

        Commands.Settings(arguments).Should().Equal("--urls=http://localhost:1");
        Commands.Own(arguments).Should().Equal("somebody@example.com", "--without-second-step");
        Commands.Settings(["--urls", "http://localhost:1"]).Should().Equal("--urls", "http://localhost:1");
    }

    [Fact]
    public async Task A_second_start_changes_nothing_of_the_demo()
    {
        var host = await WefluxHost.StartAsync();
        var before = await CountAsync(host);
        await using var again = await host.RestartAsync();

        (await CountAsync(again)).Should().Be(before);
        (await again.SignInAsync("admin@demo-two.test")).Dispose();
    }

    [Fact]
    public async Task When_the_demo_is_switched_off_its_people_cannot_sign_in()
    {
        string? shared = null;
        var host = await WefluxHost.StartAsync(options => shared = options.DataDirectory);
        using var client = await host.SignInAsync("admin@demo.test");
        await using var closed = await WefluxHost.StartAsync(options =>
        {
            options.DataDirectory = shared!;
            options.Settings["Demo:Enabled"] = "false";
        });

        await FluentActions.Awaiting(() => closed.SignInAsync("admin@demo.test")).Should().ThrowAsync<InvalidOperationException>();
        using var page = closed.NewClient();
        (await page.GetStringAsync("/sign-in")).Should().NotContain("Try the demo");
        using var phone = await page.GetAsync("/simulator/phone");
        phone.StatusCode.Should().Be(System.Net.HttpStatusCode.NotFound);
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        using var session = await client.GetAsync("/w/demo/inbox");
        session.StatusCode.Should().Be(System.Net.HttpStatusCode.Redirect);
        await host.StopKeepingDataAsync();
    }

    [Fact]
    public async Task Production_starts_with_keys_and_an_https_address()
    {
        await using var host = await WefluxHost.StartAsync(options =>
        {
            options.Environment = "Production";
            options.Settings["Demo:Enabled"] = "false";
            options.Settings["Weflux:PublicAddress"] = "https://inbox.example.com";
            options.Settings["Weflux:Keys:Current"] = "k1";
            options.Settings["Weflux:Keys:Ring:k1"] = Keys.Key("k1");
        });
        using var client = host.NewClient();
        using var answer = await client.GetAsync("/health/ready");

        answer.Headers.GetValues("Strict-Transport-Security").Should().Equal("max-age=31536000");
    }

    private static async Task<(int, int)> CountAsync(WefluxHost host)
    {
        await using var db = host.Services.GetRequiredService<WefluxDatabase>().OpenForSystem();
        return (await db.Set<Weflux.Web.Account.WefluxUser>().CountAsync(), await db.Set<Weflux.Web.Team.Membership>().AcrossWorkspaces().CountAsync());
    }
}
