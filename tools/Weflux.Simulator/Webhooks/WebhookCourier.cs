using System.Net;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weflux.Simulator.Chats;
using Weflux.Simulator.Faults;

namespace Weflux.Simulator.Webhooks;

/// <summary>
/// Brings queued webhooks to Weflux, in order per number unless they shall come late, twice or in disorder, again and
/// again until the answer is 200.
/// </summary>
internal sealed class WebhookCourier(
    SimulatorOptions options,
    WebhookQueue queue,
    WebhookPoster poster,
    FaultBook faults,
    ChatBook chats,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<WebhookCourier> logger) : BackgroundService
{
    private static readonly int[] DelaysInSeconds = [1, 2, 5, 10, 30, 60, 120];
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await StartedAsync(stoppingToken);
        await Task.WhenAll(options.Numbers.Select(number => DeliverAllAsync(number, stoppingToken)));
    }

    /// <summary>Weflux may be this very process, which listens only after its background work has begun.</summary>
    private async Task StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onStart = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
    }

    private async Task DeliverAllAsync(SimulatedNumber number, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var webhook in await NextAsync(number, stoppingToken))
            {
                await DeliverAsync(number, webhook, stoppingToken);
                queue.Delivered(webhook);
                if (webhook.CustomerWamid is { } wamid)
                {
                    chats.Advance(wamid, MessageStatus.Sent);
                }
            }
        }
    }

    private async Task<QueuedWebhook[]> NextAsync(SimulatedNumber number, CancellationToken stoppingToken)
    {
        var first = await queue.NextAsync(number.PhoneNumberId, stoppingToken);
        if (faults.Take(FaultKind.Reorder, number.PhoneNumberId) is null)
        {
            return [first];
        }

        await Task.Delay(Gathering, stoppingToken);
        QueuedWebhook[] gathered = [first, .. queue.Rest(number.PhoneNumberId)];
        faults.Shuffle<QueuedWebhook>(gathered);
        return gathered;
    }

    private async Task DeliverAsync(SimulatedNumber number, QueuedWebhook webhook, CancellationToken stoppingToken)
    {
        if (faults.Take(FaultKind.DelayWebhook, number.PhoneNumberId) is { } late)
        {
            await Task.Delay(late.Milliseconds, stoppingToken);
        }

        var body = Encoding.UTF8.GetBytes(webhook.Body);
        var doubled = faults.Take(FaultKind.Duplicate, number.PhoneNumberId);
        for (var attempt = 0; !await IsAcceptedAsync(number, webhook.Field, body, doubled, stoppingToken); attempt++)
        {
            var wait = TimeSpan.FromSeconds(DelaysInSeconds[Math.Min(attempt, DelaysInSeconds.Length - 1)]);
            await Task.Delay(wait < options.LongestWait ? wait : options.LongestWait, time, stoppingToken);
        }
    }

    private async Task<bool> IsAcceptedAsync(SimulatedNumber number, string field, byte[] body, Fault? doubled, CancellationToken stoppingToken)
    {
        var copies = doubled?.Copies ?? 1;
        if (doubled is { AtOnce: true })
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, copies).Select(_ => IsAcceptedAsync(number, field, body, stoppingToken)));
            return answers.Contains(true);
        }

        var isAccepted = false;
        for (var copy = 0; copy < copies; copy++)
        {
            isAccepted |= await IsAcceptedAsync(number, field, body, stoppingToken);
        }

        return isAccepted;
    }

    private async Task<bool> IsAcceptedAsync(SimulatedNumber number, string field, byte[] body, CancellationToken stoppingToken)
    {
        try
        {
            var status = await poster.PostAsync(number, field, body, stoppingToken);
            // What nobody wants is not sent, and not kept either.
            if (status is null or HttpStatusCode.OK)
            {
                return true;
            }

            logger.LogWarning("Webhook for number {PhoneNumberId} was answered {Status}; it will be posted again", number.PhoneNumberId, (int)status);
        }
        // Whatever went wrong, a customer's message must not be lost and the line must not stop.
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
        {
            logger.LogWarning("Webhook for number {PhoneNumberId} could not be posted ({Fault}); it will be posted again", number.PhoneNumberId, fault.GetType().Name);
        }

        return false;
    }
}
