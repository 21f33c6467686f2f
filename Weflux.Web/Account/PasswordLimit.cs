using Microsoft.AspNetCore.Identity;

namespace Weflux.Web.Account;

/// <summary>How long a password may be. The upper bound keeps a megabyte of password from being hashed.</summary>
public sealed class PasswordLimit : IPasswordValidator<WefluxUser>
{
    public const int Lowest = 10;
    public const int Highest = 256;
    internal const string TooLong = "A password has at most 256 characters.";

    public Task<IdentityResult> ValidateAsync(UserManager<WefluxUser> manager, WefluxUser user, string? password) =>
        Task.FromResult(password?.Length > Highest
            ? IdentityResult.Failed(new IdentityError { Code = nameof(PasswordLimit), Description = TooLong })
            : IdentityResult.Success);
}
