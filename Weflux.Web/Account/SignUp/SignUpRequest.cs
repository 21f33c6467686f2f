using Weflux.Domain;
using Weflux.Domain.Team;
using Weflux.Web.Account.Passwords;
using Weflux.Web.Team;

namespace Weflux.Web.Account.SignUp;

/// <summary>What a person typed to sign up, and the time zone of their browser.</summary>
public sealed record SignUpRequest(string Name, string Email, string Password, string Organisation, string Slug, string? TimeZone = null);

/// <summary>The field that something is wrong with.</summary>
public enum SignUpField
{
    Name,
    Email,
    Password,
    Organisation,
    Slug,
}

/// <summary>What is wrong with one field.</summary>
public sealed record SignUpFault(SignUpField Field, string Words);

/// <summary>Reads what was typed, field by field.</summary>
internal static class SignUpReading
{
    public static IReadOnlyList<SignUpFault> Faults(SignUpRequest request, out WorkspaceSlug slug, bool asksPassword = true)
    {
        var faults = new List<SignUpFault>();
        Add(SignUpField.Name, PersonName(request.Name));
        Add(SignUpField.Email, Email(request.Email));
        Add(SignUpField.Password, asksPassword ? PasswordRules.Refuse(request.Password, request.Email.Trim(), request.Name.Trim()) : null);
        Add(SignUpField.Organisation, Organisation(request.Organisation));
        Add(SignUpField.Slug, SlugAdvice.Sentence(WorkspaceSlug.Read(request.Slug, out slug)));
        return faults;

        void Add(SignUpField field, string? words)
        {
            if (words is not null)
            {
                faults.Add(new SignUpFault(field, words));
            }
        }
    }

    public static string? PersonName(string? typed) => PlainName.Read(typed, WefluxUser.LongestName, out _) switch
    {
        NameFault.None => null,
        NameFault.Blank => "Enter your name, as colleagues should see it.",
        NameFault.TooLong => "A name has at most 200 characters.",
        _ => "A name is one line, without control characters. Type it again.",
    };

    public static string? Organisation(string? typed) => PlainName.Read(typed, NewWorkspace.LongestName, out _) switch
    {
        NameFault.None => null,
        NameFault.Blank => "Enter the name of your organisation.",
        NameFault.TooLong => "The name of an organisation has at most 200 characters.",
        _ => "The name of an organisation is one line, without control characters. Type it again.",
    };

    public static string? Email(string email) =>
        EmailAddress.Read(email) is null ? "Enter your e-mail address, such as name@example.com." : null;
}
