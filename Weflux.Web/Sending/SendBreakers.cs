using System.Collections.Concurrent;
using Polly;
using Polly.CircuitBreaker;
using Polly.Registry;
using Weflux.Web.CloudApi;

namespace Weflux.Web.Sending;

/// <summary>
/// A circuit breaker for each number. It notices that calls of a number are not answered, so that the number is left to
/// rest, its messages do not become doubtful one after another, and the places of others stay free.
/// </summary>
public sealed class SendBreakers(TimeProvider time) : IDisposable
{
    private readonly ResiliencePipelineRegistry<long> _pipelines = new();
    private readonly ConcurrentDictionary<long, CircuitBreakerStateProvider> _states = [];

    /// <summary>Makes a call of a number.</summary>
    /// <returns>What came of it; not sent if the breaker opened since the message was chosen.</returns>
    public async Task<SendResult> CallAsync(long connectionId, Func<Task<SendResult>> call)
    {
        try
        {
            return await PipelineOf(connectionId).ExecuteAsync(async _ => await call());
        }
        catch (BrokenCircuitException)
        {
            return new NotSent("The number's breaker is open.");
        }
    }

    /// <summary>Whether the calls of a number are cut off.</summary>
    public bool IsOpen(long connectionId) =>
        _states.TryGetValue(connectionId, out var state) && state.CircuitState == CircuitState.Open;

    public void Dispose() => _pipelines.Dispose();

    private ResiliencePipeline<SendResult> PipelineOf(long connectionId) => _pipelines.GetOrAddPipeline<SendResult>(connectionId, (builder, _) =>
    {
        builder.TimeProvider = time;
        builder.AddCircuitBreaker(new CircuitBreakerStrategyOptions<SendResult>
        {
            ShouldHandle = new PredicateBuilder<SendResult>().HandleResult(result => result is NotSent or Unknown),
            FailureRatio = 0.5,
            MinimumThroughput = 5,
            SamplingDuration = TimeSpan.FromSeconds(60),

            // Shorter than the shortest rest of a number (see Holds), which says when the next message tries.
            BreakDuration = TimeSpan.FromSeconds(4),
            StateProvider = _states.GetOrAdd(connectionId, _ => new CircuitBreakerStateProvider()),
        });
    });
}
