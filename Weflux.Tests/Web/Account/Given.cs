using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Tests.Support;
using Weflux.Web.Account;
using Weflux.Web.Demo;

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
}
