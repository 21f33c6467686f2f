using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Account;
using Weflux.Web.Data;
using Weflux.Web.Demo;
using Weflux.Web.Team;

namespace Weflux.Tests.Web.Account;

internal static class Given
{
    public static async Task PersonWithoutWorkspaceAsync(WefluxHost host, string email)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<WefluxUser>>();
        var person = new WefluxUser { UserName = email, Email = email, Name = "Newcomer" };
        (await users.CreateAsync(person, DemoWorkspaces.Password)).Succeeded.Should().BeTrue();
    }

    /// <summary>What changing a password or removing a person does to every session of the person.</summary>
    public static async Task NewSecurityStampAsync(WefluxHost host, string email)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<WefluxUser>>();
        (await users.UpdateSecurityStampAsync((await users.FindByNameAsync(email))!)).Succeeded.Should().BeTrue();
    }

    public static async Task<UserId> UserIdAsync(WefluxHost host, string email)
    {
        await using var db = host.Services.GetRequiredService<WefluxDatabase>().OpenForSystem();
        return new UserId(await db.Set<WefluxUser>().Where(u => u.Email == email).Select(u => u.Id).SingleAsync());
    }

    public static async Task<Actor> ActorAsync(WefluxHost host, string email, string slug = "demo") =>
        (await host.Services.GetRequiredService<Actors>().FindAsync(await UserIdAsync(host, email), slug, CancellationToken.None))!;
}
