using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.SignalR.Client;
using Weflux.Tests.Support;
using Weflux.Web.Demo;
using Weflux.Web.Live;

namespace Weflux.Tests.Faults;

/// <summary>
/// A screen outside: it hears hints from the hub, and reads everything when it (re)connects. What it shows is the version
/// of each conversation that it knows of.
/// </summary>
internal sealed class HubScreen(Uri address, string databaseFile) : IAsyncDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly CancellationTokenSource _closing = new();
    private HubConnection? _connection;
    private Task _staying = Task.CompletedTask;

    public ConcurrentDictionary<long, long> Shown { get; } = [];

    public int Connections { get; private set; }

    public async Task OpenAsync()
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = _cookies };
        using var client = new HttpClient(handler) { BaseAddress = address };
        using var answer = await WefluxHost.PostSignInAsync(client, "manager@demo.test", DemoWorkspaces.Password);
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        await ConnectAsync();
        _staying = StayAsync();
    }

    /// <summary>In what the screen differs from the database.</summary>
    public IReadOnlyList<string> Differences() =>
    [
        .. new Evidence(databaseFile).Versions().Where(v => Shown.GetValueOrDefault(v.Id) != v.Version)
            .Select(v => $"{v.Id} has version {v.Version}, known is {Shown.GetValueOrDefault(v.Id)}"),
    ];

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _staying;
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        _closing.Dispose();
    }

    private async Task StayAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(100, _closing.Token);
                if (_connection!.State == HubConnectionState.Disconnected)
                {
                    await _connection.DisposeAsync();
                    await ConnectAsync();
                }
            }
            catch (OperationCanceledException) when (_closing.IsCancellationRequested)
            {
                return;
            }
            catch (Exception)
            {
                // The server is away; the next try is near.
            }
        }
    }

    private async Task ConnectAsync()
    {
        _connection = new HubConnectionBuilder()
            .WithUrl(new Uri(address, "/hubs/inbox"), options => options.Cookies = _cookies).Build();
        _connection.On<IReadOnlyList<ConversationHint>>("Changed", hints =>
        {
            foreach (var hint in hints)
            {
                Show(hint.ConversationId, hint.Version);
            }
        });
        await _connection.StartAsync();
        if (!await _connection.InvokeAsync<bool>("JoinWorkspace", "demo"))
        {
            throw new InvalidOperationException("The hub let nobody in.");
        }

        foreach (var (id, version) in new Evidence(databaseFile).Versions())
        {
            Show(id, version);
        }

        Connections++;
    }

    private void Show(long id, long version) => Shown.AddOrUpdate(id, version, (_, known) => Math.Max(known, version));
}
