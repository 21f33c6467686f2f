using Microsoft.AspNetCore.Http;
using Weflux.Simulator.Faults;
using Weflux.Simulator.Webhooks;

namespace Weflux.Simulator.Graph;

/// <summary>Which faults befall a Graph call, and how they look from outside.</summary>
internal sealed class GraphFaults(FaultBook faults, WebhookQueue webhooks, SimulatorOptions options, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    /// <summary>Answers that break off or say nothing: the send itself succeeds.</summary>
    private static readonly FaultKind[] AfterAccepting = [FaultKind.Cut, FaultKind.Garbage];

    /// <summary>The number that an object of the Graph API belongs to.</summary>
    public string? NumberOf(string objectId) =>
        options.Numbers.FirstOrDefault(number => number.PhoneNumberId == objectId || number.WabaId == objectId)?.PhoneNumberId;

    public Fault? Reset(string? number, bool isSend) => faults.Take(FaultKind.Reset, number, isSend);

    /// <summary>What the call meets in place of its answer.</summary>
    public Fault? Refusal(string? number, bool isSend) =>
        faults.Take(FaultKind.TokenRevoked, number, isSend)
        ?? faults.Take(FaultKind.RateLimit, number, isSend)
        ?? faults.Take(FaultKind.ServerError, number, isSend);

    public Fault? Spoiling(string? number, bool isSend) =>
        AfterAccepting.Select(kind => faults.Take(kind, number, isSend)).FirstOrDefault(fault => fault is not null);

    public async Task DelayAsync(string? number, bool isSend, CancellationToken cancellation)
    {
        if (faults.Take(FaultKind.DelayAnswer, number, isSend) is { } late)
        {
            await Task.Delay(late.Milliseconds, cancellation);
        }
    }

    /// <summary>Lets the webhooks of a send arrive before its answer.</summary>
    public async Task LetWebhooksPassAsync(string? number, CancellationToken cancellation)
    {
        if (number is null || faults.Take(FaultKind.StatusFirst, number) is null)
        {
            return;
        }

        for (var begun = time.GetTimestamp(); webhooks.PendingOf(number) > 0 && time.GetElapsedTime(begun) < Patience;)
        {
            await Task.Delay(Step, cancellation);
        }
    }

    public static GraphAnswer Answer(Fault fault) => fault switch
    {
        { Kind: FaultKind.TokenRevoked } => new GraphError(
            190, "Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.")
        {
            HttpStatus = fault.HttpStatus,
            Subcode = 460,
        },
        { Code: { } code } => new GraphError(code, $"(#{code}) {WordsOf(code)}") { HttpStatus = fault.HttpStatus },
        _ => new GraphAnswer(fault.HttpStatus, Body: null),
    };

    public static void Reset(HttpContext http) => http.Abort();

    private static string WordsOf(int code) => code switch
    {
        2 => "Service temporarily unavailable",
        4 => "Application request limit reached",
        80007 => "Rate limit issues",
        130429 => "Rate limit hit",
        131048 => "Spam rate limit hit",
        131056 => "(Business Account, Consumer Account) pair rate limit hit",
        131057 => "Account in maintenance mode",
        131016 => "Service unavailable",
        _ => "Something went wrong",
    };
}
