using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Tests.Support;
using Weflux.Web.Account;

namespace Weflux.Tests.Web.Account;

internal static class Given
{
    /// <summary>What changing a password or removing a person does to every session of the person.</summary>
    public static async Task NewSecurityStampAsync(WefluxHost host, string email)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<WefluxUser>>();
        (await users.UpdateSecurityStampAsync((await users.FindByNameAsync(email))!)).Succeeded.Should().BeTrue();
    }
}
