using Weflux.Web.Mail;
using Weflux.Web.Operations;

namespace Weflux.Web.Account;

/// <summary>What Weflux writes to people about their accounts.</summary>
public sealed class AccountMails(PublicAddress address)
{
    public MailText ResetLink(WefluxUser to, string secret) => To(
        to,
        "Choose a new password",
        $"""
        Somebody, probably you, asked for a new password for your Weflux account. Open this link within the next hour:

        {address.At($"/reset-password?token={secret}")}

        It works once. If you did not ask for it, ignore this mail: your password stays as it is.
        """);

    public MailText PasswordChanged(WefluxUser to, int passkeys) => To(
        to,
        "Your password was changed",
        $"""
        The password of your Weflux account was changed, and everywhere else you were signed out. {PasskeysWorkOn(passkeys)}

        If that was not you, choose a new password at once, and remove the passkeys where you do:

        {address.At("/forgot-password")}
        """);

    public MailText ResetLinkIssued(WefluxUser to, string admin) => To(
        to,
        "A way back into your account was made",
        $"""
        {admin}, an Admin of your workspace, made a link with which you can choose a new password. It works once and for an hour.

        If you did not ask for it, tell another Admin of your workspace.
        """);

    public MailText ConfirmEmail(string newEmail, string name, string secret) => new(
        newEmail,
        name,
        "Confirm your new e-mail address",
        $"""
        Your Weflux account is to use this address from now on. Open this link within a day to confirm it:

        {address.At($"/confirm-email?token={secret}")}

        If you did not ask for this, ignore this mail: nothing changes.
        """);

    public MailText EmailIsTaken(string email) => new(
        email,
        null,
        "You already have a Weflux account",
        $"""
        Somebody, probably you, wanted to use this address for a Weflux account. It has one already, so nothing was changed. Sign in with it:

        {address.At("/sign-in")}

        If you forgot the password, you can choose a new one there.
        """);

    public MailText EmailChangeAsked(WefluxUser to) => To(
        to,
        "Your e-mail address is about to change",
        $"""
        Somebody who knows your password asked that your Weflux account use another e-mail address. It will, once that address is confirmed.

        If that was not you, choose a new password at once, which also stops the change:

        {address.At("/forgot-password")}
        """);

    public MailText EmailChanged(string oldEmail, string name) => new(
        oldEmail,
        name,
        "Your e-mail address was changed",
        """
        Your Weflux account no longer uses this address. If that was not you, tell an Admin of your workspace at once.
        """);

    public MailText FinishSignUp(string email, string organisation, string secret) => new(
        email,
        null,
        "Finish signing up",
        $"""
        Open this link within a day to choose a password and make the workspace “{organisation}”:

        {address.At($"/finish-sign-up?token={secret}")}

        It works once. If you did not sign up, ignore this mail.
        """);

    public MailText FinishJoining(string email, string workspace, string secret) => new(
        email,
        null,
        "Finish joining a workspace",
        $"""
        Somebody, probably you, opened an invitation to “{workspace}” on Weflux with this address. Open this link within a day to choose a password and join:

        {address.At($"/finish-joining?token={secret}")}

        It works once. If that was not you, ignore this mail.
        """);

    public MailText JoinWithAccount(string email) => new(
        email,
        null,
        "You already have a Weflux account",
        $"""
        Somebody, probably you, wanted a new Weflux account with this address to accept an invitation. It has one already, so nothing was changed. Sign in with it, and then open the link of the invitation again:

        {address.At("/sign-in")}

        If you forgot the password, you can choose a new one there.
        """);

    public MailText LockedOut(WefluxUser to, int minutes) => To(
        to,
        "Your account is locked for a while",
        $"""
        There were {Lockout.Tries} wrong passwords or codes in a row for your Weflux account, so nobody can sign in to it for {minutes} minutes.

        If that was you, wait, or choose a new password:

        {address.At("/forgot-password")}

        If it was not you, somebody tries to guess. A second step to sign in protects you; you find it under Security in your account.
        """);

    public MailText SecurityChanged(WefluxUser to, string what) => To(
        to,
        "The security of your account was changed",
        $"""
        {what}

        If that was not you, choose a new password at once, and remove the passkeys where you do:

        {address.At("/forgot-password")}
        """);

    private static string PasskeysWorkOn(int passkeys) => passkeys switch
    {
        0 => "It has no passkeys.",
        1 => "Its passkey still signs you in.",
        _ => $"Its {passkeys} passkeys still sign you in.",
    };

    private static MailText To(WefluxUser user, string subject, string body) => new(user.Email!, user.Name, subject, body);
}
