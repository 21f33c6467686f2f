using System.Security.Cryptography;
using System.Text;
using BCrypt.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Weflux.Web.Account;

/// <summary>How slow a password hash is. Section <c>Weflux:Passwords</c>.</summary>
public sealed class PasswordHashOptions
{
    public const string Section = "Weflux:Passwords";
    public const int LowestCost = 10;
    public const int HighestCost = 16;
    internal const string CostFault = $"{Section}:Cost must be between 10 and 16.";

    /// <summary>Each step doubles the work; 12 is about a fifth of a second.</summary>
    public int Cost { get; set; } = 12;
}

/// <summary>
/// bcrypt over base64(SHA-384(password)). bcrypt alone ignores everything after 72 bytes, which 36 accented letters
/// already fill; the digest is 64 characters for any password.
/// </summary>
public sealed class BcryptPasswordHasher(IOptions<PasswordHashOptions> options) : IPasswordHasher<WefluxUser>
{
    private readonly int _cost = Math.Max(options.Value.Cost, PasswordHashOptions.LowestCost);

    /// <exception cref="ArgumentException">The password is longer than <see cref="PasswordLimit.Highest"/>.</exception>
    public string HashPassword(WefluxUser user, string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        return password.Length <= PasswordLimit.Highest
            ? BCrypt.Net.BCrypt.HashPassword(Digest(password), _cost)
            : throw new ArgumentException(PasswordLimit.TooLong, nameof(password));
    }

    public PasswordVerificationResult VerifyHashedPassword(WefluxUser user, string hashedPassword, string providedPassword)
    {
        if (providedPassword is null || providedPassword.Length > PasswordLimit.Highest)
        {
            return PasswordVerificationResult.Failed;
        }

        try
        {
            if (!BCrypt.Net.BCrypt.Verify(Digest(providedPassword), hashedPassword))
            {
                return PasswordVerificationResult.Failed;
            }
        }
        catch (Exception fault) when (fault is SaltParseException or ArgumentException)
        {
            return PasswordVerificationResult.Failed;
        }

        return BCrypt.Net.BCrypt.PasswordNeedsRehash(hashedPassword, _cost)
            ? PasswordVerificationResult.SuccessRehashNeeded
            : PasswordVerificationResult.Success;
    }

    private static string Digest(string password) => Convert.ToBase64String(SHA384.HashData(Encoding.UTF8.GetBytes(password)));
}
