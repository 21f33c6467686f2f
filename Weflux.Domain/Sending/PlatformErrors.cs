namespace Weflux.Domain.Sending;

/// <summary>What an error of the platform means for the message.</summary>
public enum PlatformErrorClass
{
    /// <summary>Certainly refused, for the moment: the machine may try again after a wait.</summary>
    Temporary = 1,

    /// <summary>Certainly refused; trying again unchanged is no use.</summary>
    Final = 2,

    /// <summary>The connection itself is refused; an admin must mend it.</summary>
    ConnectionBroken = 3,
}

/// <summary>What a person can do about a message that did not go out.</summary>
public enum FaultRemedy
{
    /// <summary>Send the same again.</summary>
    RetryNow = 1,

    /// <summary>Send the same again after a while, see <see cref="PlatformError.Wait"/>.</summary>
    RetryLater = 2,

    /// <summary>Send a template, or another one.</summary>
    PickTemplate = 3,

    /// <summary>Say it differently.</summary>
    Rewrite = 4,

    /// <summary>Attach another file.</summary>
    ReplaceFile = 5,

    /// <summary>An Admin mends the number's token, permission or registration.</summary>
    FixNumber = 6,

    /// <summary>An Admin settles something with the platform: payment, terms, policy, categories.</summary>
    AskAdmin = 7,

    /// <summary>A Manager unblocks the customer.</summary>
    Unblock = 8,

    /// <summary>This customer is reached another way than WhatsApp.</summary>
    OtherWay = 9,

    /// <summary>Nothing helps, or nothing should be sent.</summary>
    LeaveIt = 10,
}

/// <summary>What a refusal for the moment slows down.</summary>
public enum FaultScope
{
    /// <summary>The message alone.</summary>
    Message = 0,

    /// <summary>What goes to this customer.</summary>
    Customer = 1,

    /// <summary>What leaves from this number.</summary>
    Number = 2,

    /// <summary>What leaves from the numbers of this WhatsApp Business Account.</summary>
    Account = 3,

    /// <summary>What leaves through this Meta app.</summary>
    App = 4,
}

/// <summary>One row of the table of errors.</summary>
/// <param name="Class">What it means for the message.</param>
/// <param name="Sentence">It in one plain sentence.</param>
/// <param name="Remedy">What a person can do.</param>
public sealed record PlatformError(PlatformErrorClass Class, string Sentence, FaultRemedy Remedy)
{
    /// <summary>How long a person should wait before sending again; null if no time is known.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>What else should wait, because it would be refused as well.</summary>
    public FaultScope Scope { get; init; }
}

/// <summary>What the platform's error codes, and our own, mean for a message and for the person who sent it.</summary>
/// <remarks>Platform rule: Cloud API, "Error codes". Only the temporary codes may be sent again by the machine.</remarks>
public static class PlatformErrors
{
    /// <summary>The row of a code. One that is not known is final: sending again could double a message.</summary>
    public static PlatformError Of(int code) => PlatformErrorTable.Of(code);

    /// <summary>What the code means for the message. A code that is not known is final: sending again could double a message.</summary>
    public static PlatformErrorClass Classify(int code) => Of(code).Class;

    /// <summary>The code in one plain sentence.</summary>
    public static string Explain(int code) => Of(code).Sentence;
}
