namespace Weflux.Web.CloudApi;

/// <summary>
/// What somebody else hands over, read once from front to back. What breaks on the way is that side's fault, and must not
/// look like one of the disk's.
/// </summary>
/// <param name="body">What is read.</param>
/// <param name="isTheirs">Whether what broke is that side's fault; all else is left as it is.</param>
/// <param name="blame">What is thrown in its place.</param>
internal sealed class ReceivedBody(Stream body, Func<Exception, bool> isTheirs, Func<Exception, Exception> blame) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception exception) when (isTheirs(exception))
        {
            throw blame(exception);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
