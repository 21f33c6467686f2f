using CsCheck;
using Weflux.Web.Data;

namespace Weflux.Tests.Web.Data;

public sealed class WriteGateTests
{
    private readonly WriteGate _gate = new(isOpen: false);

    [Fact]
    public async Task One_writes_at_a_time_and_each_in_its_turn()
    {
        var order = new List<int>();
        var first = await _gate.EnterAsync(WritePriority.Work, CancellationToken.None);
        var others = Enumerable.Range(1, 5).Select(i => EnterAndNoteAsync(WritePriority.Work, i, order)).ToList();
        others.Should().OnlyContain(o => !o.IsCompleted);
        first.Dispose();
        await Task.WhenAll(others);
        order.Should().Equal(1, 2, 3, 4, 5);
    }

    [Fact]
    public async Task The_journal_overtakes_all_that_waits()
    {
        var order = new List<int>();
        var first = await _gate.EnterAsync(WritePriority.Work, CancellationToken.None);
        var work = new[] { EnterAndNoteAsync(WritePriority.Work, 3, order), EnterAndNoteAsync(WritePriority.Work, 4, order) };
        var journal = new[] { EnterAndNoteAsync(WritePriority.Journal, 1, order), EnterAndNoteAsync(WritePriority.Journal, 2, order) };
        first.Dispose();
        await Task.WhenAll([.. work, .. journal]);
        order.Should().Equal(1, 2, 3, 4);
    }

    [Theory]
    [InlineData(WritePriority.Journal)]
    [InlineData(WritePriority.Work)]
    public async Task Who_stops_waiting_does_not_take_the_turn(WritePriority priority)
    {
        var order = new List<int>();
        using var giveUp = new CancellationTokenSource();
        var first = await _gate.EnterAsync(WritePriority.Work, CancellationToken.None);
        var given = _gate.EnterAsync(priority, giveUp.Token).AsTask();
        var patient = EnterAndNoteAsync(WritePriority.Work, 1, order);
        await giveUp.CancelAsync();
        await given.Awaiting(g => g).Should().ThrowAsync<OperationCanceledException>();
        first.Dispose();
        await patient;
        order.Should().Equal(1);
        (await _gate.EnterAsync(WritePriority.Work, CancellationToken.None)).Dispose();
    }

    [Fact]
    public async Task An_open_gate_lets_everybody_in()
    {
        var open = new WriteGate(isOpen: true);
        using var one = await open.EnterAsync(WritePriority.Work, CancellationToken.None);
        using var two = await open.EnterAsync(WritePriority.Work, CancellationToken.None);
    }

    [Fact]
    public async Task A_failed_transaction_lets_the_next_one_in_and_leaves_nothing()
    {
        using var sandbox = new Sandbox();
        var shop = await sandbox.OpenShopAsync();
        var failing = () => sandbox.Database.WriteAsync(
            shop.Workspace,
            async db =>
            {
                await db.TakeSequenceAsync(5, CancellationToken.None);
                throw new FormatException("No");
            },
            CancellationToken.None);
        await failing.Should().ThrowAsync<FormatException>();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var late = () => sandbox.Database.WriteAsync(shop.Workspace, _ => Task.CompletedTask, cancelled.Token);
        await late.Should().ThrowAsync<OperationCanceledException>();
        await sandbox.Database.WriteAsync(shop.Workspace, db => db.TakeSequenceAsync(1, CancellationToken.None), CancellationToken.None);
        sandbox.Scalar("SELECT \"Sequence\" FROM \"WorkspaceCounters\"").Should().Be(1);
    }

    /// <summary>Whatever mix of writers comes, stops waiting or fails: never two inside, nobody forgotten, and the gate free in the end.</summary>
    [Fact]
    public async Task Any_mix_of_writers_gets_through() => await Gen.Select(Gen.Enum<WritePriority>(), Gen.Int[0, 3]).Array[1, 40].SampleAsync(
        async writers =>
        {
            var gate = new WriteGate(isOpen: false);
            var inside = 0;
            var most = 0;
            var through = 0;
            var first = await gate.EnterAsync(WritePriority.Work, CancellationToken.None);
            var tasks = writers.Select((writer, index) => Task.Run(async () =>
            {
                using var giveUp = new CancellationTokenSource();
                if (writer.Item2 == 0)
                {
                    giveUp.CancelAfter(TimeSpan.FromMicroseconds(index * 20));
                }

                try
                {
                    using var turn = await gate.EnterAsync(writer.Item1, giveUp.Token);
                    most = Math.Max(most, Interlocked.Increment(ref inside));
                    Interlocked.Increment(ref through);
                    await Task.Yield();
                    Interlocked.Decrement(ref inside);
                    if (writer.Item2 == 1)
                    {
                        throw new FormatException();
                    }
                }
                catch (Exception exception) when (exception is FormatException or OperationCanceledException)
                {
                    // What the writer was told to do.
                }
            })).ToList();
            first.Dispose();
            await Task.WhenAll(tasks).WaitAsync(TimeSpan.FromSeconds(30));
            (await gate.EnterAsync(WritePriority.Work, CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(30))).Dispose();
            return most <= 1 && through >= writers.Count(w => w.Item2 != 0);
        },
        iter: 200);

    private async Task EnterAndNoteAsync(WritePriority priority, int number, List<int> order)
    {
        using var turn = await _gate.EnterAsync(priority, CancellationToken.None);
        order.Add(number);
        await Task.Yield();
    }
}
