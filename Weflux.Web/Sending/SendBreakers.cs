using System.Collections.Concurrent;
using Polly;
using Polly.CircuitBreaker;
using Weflux.Web.CloudApi;

namespace Weflux.Web.Sending;

/// <summary>
/// A circuit breaker for each number. It notices that calls of a number are not answered, so that the number is left to
/// rest, its messages do not become doubtful one after another, and the places of others stay free.
/// </summary>
public sealed class SendBreakers(TimeProvider time)
{
    // Lazy, because the first messages of a number leave side by side and must meet one breaker.
    private readonly ConcurrentDictionary<long, Lazy<Breaker>> _breakers = [];

    /// <summary>Makes a call of a number.</summary>
    /// <returns>What came of it; not sent if the breaker opened since the message was chosen.</returns>
    public async Task<SendResult> CallAsync(long connectionId, Func<Task<SendResult>> call)
    {
        var breaker = _breakers.GetOrAdd(connectionId, _ => new Lazy<Breaker>(Make)).Value;
        try
        {
            return await breaker.Pipeline.ExecuteAsync(async _ => await call());
        }
        catch (BrokenCircuitException)
        {
            return new NotSent("The number's breaker is open.");
        }
    }

    /// <summary>Whether the calls of a number are cut off.</summary>
    public bool IsOpen(long connectionId) =>
        _breakers.TryGetValue(connectionId, out var breaker) && breaker.Value.State.CircuitState == CircuitState.Open;

    private Breaker Make()
    {
        var state = new CircuitBreakerStateProvider();
        var pipeline = new ResiliencePipelineBuilder<SendResult> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<SendResult>
            {
                ShouldHandle = new PredicateBuilder<SendResult>().HandleResult(result => result is NotSent or Unknown),
                FailureRatio = 0.5,
                MinimumThroughput = 5,
                SamplingDuration = TimeSpan.FromSeconds(60),

                // Shorter than the shortest rest of a number (see Holds), which says when the next message tries.
                BreakDuration = TimeSpan.FromSeconds(4),
                StateProvider = state,
            })
            .Build();
        return new Breaker(pipeline, state);
    }

    private sealed record Breaker(ResiliencePipeline<SendResult> Pipeline, CircuitBreakerStateProvider State);
}
