using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Weflux.Tests.Support;

/// <summary>A small SMTP server that keeps what it is given. It can be down, and come back on the same port.</summary>
public sealed class SmtpStub : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _mails = new();
    private TcpListener? _listener;
    private CancellationTokenSource _ending = new();
    private Task _accepting = Task.CompletedTask;

    private SmtpStub()
    {
    }

    public int Port { get; private set; }

    /// <summary>The mails as they came, decoded to text, oldest first.</summary>
    public IReadOnlyList<string> Mails => [.. _mails];

    /// <summary>What the server says to a recipient; 250 takes it.</summary>
    public string RecipientAnswer { get; set; } = "250 fine";

    public static SmtpStub Start()
    {
        var stub = new SmtpStub();
        stub.Open();
        return stub;
    }

    /// <summary>Nobody listens any more.</summary>
    public async Task StopAsync()
    {
        await _ending.CancelAsync();
        _listener!.Stop();
        await _accepting;
    }

    public void Open()
    {
        _ending = new CancellationTokenSource();
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(_listener, _ending.Token);
    }

    /// <summary>The settings of a host that sends through this server.</summary>
    public void Configure(WefluxHostOptions options)
    {
        options.Settings["Weflux:Mail:Host"] = "127.0.0.1";
        options.Settings["Weflux:Mail:Port"] = Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        options.Settings["Weflux:Mail:Security"] = "None";
        options.Settings["Weflux:Mail:From"] = "Weflux <inbox@weflux.test>";
    }

    /// <summary>Waits for a mail to somebody that holds these words.</summary>
    public Task<string> MailAsync(string to, string words) => Eventually.SeeAsync(
        () => Task.FromResult(_mails.LastOrDefault(m => m.Contains(to, StringComparison.Ordinal) && m.Contains(words, StringComparison.Ordinal)) ?? ""),
        mail => mail.Length > 0);

    /// <summary>The path of the first link in a mail.</summary>
    public static string LinkIn(string mail, string path)
    {
        var start = mail.IndexOf(path, StringComparison.Ordinal);
        return mail[start..].Split('\r', '\n', ' ')[0];
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task AcceptAsync(TcpListener listener, CancellationToken ending)
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(ending);
                talks.Add(TalkAsync(client, ending));
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(TcpClient client, CancellationToken ending)
    {
        using var _ = client;
        try
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.UTF8);
            await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 stub");
            while (await reader.ReadLineAsync(ending) is { } line)
            {
                await AnswerAsync(line, reader, writer, ending);
            }
        }
        catch (Exception over) when (over is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The other side hung up, or the server goes down.
        }
    }

    private async Task AnswerAsync(string line, StreamReader reader, StreamWriter writer, CancellationToken ending)
    {
        switch (line.Split(' ')[0].ToUpperInvariant())
        {
            case "EHLO":
                await writer.WriteLineAsync("250-stub\r\n250 8BITMIME");
                break;
            case "RCPT":
                await writer.WriteLineAsync(RecipientAnswer);
                break;
            case "DATA":
                await writer.WriteLineAsync("354 go on");
                var mail = new StringBuilder();
                string? text;
                while ((text = await reader.ReadLineAsync(ending)) is not (null or "."))
                {
                    mail.AppendLine(text);
                }

                if (text is null)
                {
                    // Hung up in the middle: no mail was handed over.
                    break;
                }

                _mails.Enqueue(Decode(mail.ToString()));
                await writer.WriteLineAsync("250 taken");
                break;
            case "QUIT":
                await writer.WriteLineAsync("221 bye");
                break;
            default:
                await writer.WriteLineAsync("250 fine");
                break;
        }
    }

    private static string Decode(string raw)
    {
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(raw));
        var mail = MimeKit.MimeMessage.Load(bytes);
        return $"To: {mail.To}\nFrom: {mail.From}\nSubject: {mail.Subject}\nMessage-Id: {mail.MessageId}\n\n{mail.TextBody}";
    }
}
