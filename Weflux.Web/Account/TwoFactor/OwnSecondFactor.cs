using System.Net;
using Weflux.Domain.Team;
using Weflux.Web.Account.Passwords;

namespace Weflux.Web.Account.TwoFactor;

/// <summary>What came of a change to one's own second step.</summary>
/// <param name="Fault">What is wrong; null if it was done.</param>
/// <param name="Factor">What an app needs to be set up; null if that was not asked for.</param>
/// <param name="Codes">New recovery codes, shown once; empty if there are none.</param>
public sealed record FactorAnswer(string? Fault, FactorToBe? Factor, IReadOnlyList<string> Codes)
{
    internal static FactorAnswer Wrong(string fault) => new(fault, null, []);
}

/// <summary>
/// Sets up and takes away one's own second step. Whoever sits down at an open session knows no password, and must not
/// lock the person out or read the seed. Every other session ends.
/// </summary>
public sealed class OwnSecondFactor(SecondFactors factors, PasswordProof proof, SignInLimits limits, WefluxSignIn signIn)
{
    internal const string On = "The second step is on already.";
    internal const string WrongCode = "That code is not right. Check that the clock of your phone is right, and try the next code.";

    /// <summary>What the app needs, for whoever knows the password.</summary>
    public async Task<FactorAnswer> PrepareAsync(UserId person, string? password, IPAddress? from, CancellationToken cancellationToken) =>
        await RefusalAsync(person, password, from, cancellationToken) is { } refusal ? FactorAnswer.Wrong(refusal)
        : await factors.PrepareAsync(person, cancellationToken) is { } factor ? new FactorAnswer(null, factor, [])
        : FactorAnswer.Wrong(On);

    /// <summary>Turns the second step on with the first right code.</summary>
    public async Task<FactorAnswer> ConfirmAsync(
        UserId person, Guid? session, string? code, IPAddress? from, CancellationToken cancellationToken)
    {
        if (limits.Take(from, $"factor:{person}") is not null)
        {
            return FactorAnswer.Wrong(Proof.TooManyTries.Sentence()!);
        }

        if (await factors.ConfirmAsync(person, session, code, cancellationToken) is not { } codes)
        {
            return FactorAnswer.Wrong(WrongCode);
        }

        await TellAsync(person);
        return new FactorAnswer(null, null, codes);
    }

    /// <summary>Takes the second step away.</summary>
    /// <returns>What is wrong; null if it is gone.</returns>
    public async Task<string?> RemoveAsync(
        UserId person, Guid? session, string? password, IPAddress? from, CancellationToken cancellationToken)
    {
        if (await RefusalAsync(person, password, from, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        await factors.RemoveAsync(person, session, cancellationToken);
        await TellAsync(person);
        return null;
    }

    /// <summary>Ten new recovery codes in place of the old ones.</summary>
    public async Task<FactorAnswer> RenewCodesAsync(UserId person, string? password, IPAddress? from, CancellationToken cancellationToken) =>
        await RefusalAsync(person, password, from, cancellationToken) is { } refusal
            ? FactorAnswer.Wrong(refusal)
            : new FactorAnswer(null, null, await factors.RenewCodesAsync(person, cancellationToken));

    private async Task<string?> RefusalAsync(UserId person, string? password, IPAddress? from, CancellationToken cancellationToken) =>
        (await proof.CheckAsync(person, password, from, cancellationToken)).Sentence();

    private async Task TellAsync(UserId person)
    {
        await signIn.RefreshAsync(person);
        signIn.TellLater(person);
    }
}
