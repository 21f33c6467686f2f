using System.Security.Cryptography;
using Weflux.Simulator.State;

namespace Weflux.Simulator.Graph.Accounts;

/// <summary>What has become of a token.</summary>
internal enum TokenState
{
    Valid,

    /// <summary>Taken back: error 190 with subcode 460.</summary>
    Revoked,

    /// <summary>Run out: error 190 with subcode 463.</summary>
    Expired,

    /// <summary>Without <c>whatsapp_business_messaging</c>: it reads and does not send.</summary>
    UnderScoped,
}

/// <summary>A token of a system user. It opens what the token that it is like opens.</summary>
internal sealed record SimulatedToken(string Text, string Like, TokenState State = TokenState.Valid);

/// <summary>The tokens of the pretend businesses: those that the numbers were made with, and those made since.</summary>
internal sealed class TokenBook
{
    private const string Kind = "token";
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SimulatedToken> _tokens = new(StringComparer.Ordinal);
    private readonly SimulatorOptions _options;
    private readonly StateLog _log;

    public TokenBook(SimulatorOptions options, StateLog log)
    {
        (_options, _log) = (options, log);
        var first = options.Numbers.Select(number => number.AccessToken).Distinct(StringComparer.Ordinal).Select(text => new SimulatedToken(text, text));
        foreach (var token in first.Concat(log.Load<SimulatedToken>(Kind)))
        {
            _tokens[token.Text] = token;
        }
    }

    public SimulatedToken? Find(string? text)
    {
        lock (_gate)
        {
            return text is null ? null : _tokens.GetValueOrDefault(text);
        }
    }

    public IReadOnlyList<SimulatedToken> Of(SimulatedNumber number)
    {
        lock (_gate)
        {
            return [.. _tokens.Values.Where(token => token.Like == number.AccessToken)];
        }
    }

    /// <summary>The numbers that a token opens.</summary>
    public List<SimulatedNumber> Opened(SimulatedToken token) => [.. _options.Numbers.Where(number => number.AccessToken == token.Like)];

    public SimulatedToken Issue(SimulatedNumber number) =>
        Keep(new SimulatedToken("EAAsim" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20)), number.AccessToken));

    public SimulatedToken? Change(string text, TokenState state) => Find(text) is { } token ? Keep(token with { State = state }) : null;

    public static GraphError? Refuse(SimulatedToken token) => token.State switch
    {
        TokenState.Revoked => new GraphError(
            190, "Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.")
        {
            HttpStatus = 401,
            Subcode = 460,
        },
        TokenState.Expired => new GraphError(190, "Error validating access token: Session has expired on Monday, 01-Jun-26 00:00:00 PDT.")
        {
            HttpStatus = 401,
            Subcode = 463,
        },
        _ => null,
    };

    private SimulatedToken Keep(SimulatedToken token)
    {
        lock (_gate)
        {
            _tokens[token.Text] = token;
            _log.Put(Kind, token.Text, token);
            return token;
        }
    }
}
