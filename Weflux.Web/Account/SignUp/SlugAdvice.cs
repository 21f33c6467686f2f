using System.Net;
using System.Threading.RateLimiting;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Account.SignUp;

/// <summary>What to say about an address while it is being typed.</summary>
/// <param name="Slug">The address as it would be kept, or the one proposed.</param>
/// <param name="IsFree">Whether it can be had.</param>
/// <param name="Words">The sentence beside the field.</param>
public sealed record SlugWords(string? Slug, bool IsFree, string Words);

/// <summary>Judges and proposes addresses of workspaces.</summary>
public sealed class SlugAdvice(WefluxDatabase database) : IDisposable
{
    // Typing asks several times a second; it must not use up the attempts to sign in of everybody at the same address.
    private readonly PartitionedRateLimiter<string> _limits = PartitionedRateLimiter.Create<string, string>(
        network => RateLimitPartition.GetTokenBucketLimiter(network, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = 60,
            TokensPerPeriod = 2,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        }));

    public void Dispose() => _limits.Dispose();

    /// <summary>Takes one question of a caller.</summary>
    /// <returns>False if the caller asks too often.</returns>
    public bool Take(IPAddress? from)
    {
        using var lease = _limits.AttemptAcquire(Operations.ClientNetwork.Of(from));
        return lease.IsAcquired;
    }

    /// <summary>The sentence for a fault of the text itself; null if it has none.</summary>
    public static string? Sentence(SlugFault fault) => fault switch
    {
        SlugFault.None => null,
        SlugFault.TooShort => "An address has at least 3 characters.",
        SlugFault.TooLong => "An address has at most 60 characters.",
        SlugFault.OtherCharacters => "An address has only the letters a to z, digits and hyphens.",
        SlugFault.StrayHyphen => "Hyphens stand between letters or digits, one at a time.",
        _ => "Weflux needs this word for itself. Choose another address.",
    };

    internal static string Taken(string slug) => $"The address {slug} is taken. Choose another.";

    /// <summary>What to say about an address as typed.</summary>
    public async Task<SlugWords> JudgeAsync(string? typed, CancellationToken cancellationToken)
    {
        if (Sentence(WorkspaceSlug.Read(typed, out var slug)) is { } fault)
        {
            return new SlugWords(null, IsFree: false, fault);
        }

        await using var db = database.OpenForSystem();
        return await NewWorkspace.IsTakenAsync(db, slug.Value!, cancellationToken)
            ? new SlugWords(slug.Value, IsFree: false, Taken(slug.Value!))
            : new SlugWords(slug.Value, IsFree: true, "This address is free.");
    }

    /// <summary>An address for the name of a business that is free now; null if its name gives none.</summary>
    public async Task<string?> SuggestAsync(string? name, CancellationToken cancellationToken)
    {
        await using var db = database.OpenForSystem();
        return WorkspaceSlug.Suggest(name) is { } slug ? await FreeAsync(db, slug, cancellationToken) : null;
    }

    /// <summary>The address itself or, if it is taken, the first free one that begins with it.</summary>
    public static async Task<string?> FreeAsync(WefluxDbContext db, string slug, CancellationToken cancellationToken)
    {
        for (var number = 1; number < 100; number++)
        {
            var tail = number == 1 ? "" : $"-{number}";
            var candidate = slug[..Math.Min(slug.Length, WorkspaceSlug.Longest - tail.Length)].TrimEnd('-') + tail;
            if (WorkspaceSlug.Read(candidate, out _) == SlugFault.None && !await NewWorkspace.IsTakenAsync(db, candidate, cancellationToken))
            {
                return candidate;
            }
        }

        return null;
    }
}
