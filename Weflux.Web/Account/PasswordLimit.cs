namespace Weflux.Web.Account;

/// <summary>How long a password may be. The upper bound keeps a megabyte of password from being hashed.</summary>
public static class PasswordLimit
{
    public const int Lowest = 10;
    public const int Highest = 256;
    internal const string TooShort = "A password has at least 10 characters. A few words in a row are easy to remember.";
    internal const string TooLong = "A password has at most 256 characters.";
}
