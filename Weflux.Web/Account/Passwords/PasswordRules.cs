using System.Collections.Frozen;
using System.Text;
using Microsoft.AspNetCore.Identity;

namespace Weflux.Web.Account.Passwords;

/// <summary>
/// Which passwords are refused, before anything is hashed: too short, too long, known to everybody, or the person's own
/// name. Nothing is demanded of the characters.
/// </summary>
public sealed class PasswordRules : IPasswordValidator<WefluxUser>
{
    internal const string Common = "This password is among those that are tried first. Choose one that nobody else has.";
    internal const string OwnName = "A password must not be your name, your e-mail address or the name of this program.";
    private const int ShortestPart = 4;

    private static readonly Lazy<FrozenSet<string>> Known = new(Load);

    /// <summary>What is wrong with the password; null if nothing is.</summary>
    public static string? Refuse(string? password, string? email, string? name)
    {
        if (password is null || password.Length < PasswordLimit.Lowest)
        {
            return PasswordLimit.TooShort;
        }

        if (password.Length > PasswordLimit.Highest)
        {
            return PasswordLimit.TooLong;
        }

        var (plain, core) = (Plain(password), Core(password));
        if (IsOwn(plain, core, email, name))
        {
            return OwnName;
        }

        // A known word with much else around it is no longer that word.
        var isMostOfIt = core.Length * 2 >= plain.Length;
        return Repeated(plain).Length < ShortestPart || Known.Value.Contains(plain) || (isMostOfIt && Known.Value.Contains(core))
            || Known.Value.Contains(Repeated(core)) && Repeated(core).Length < core.Length
                ? Common
                : null;
    }

    public Task<IdentityResult> ValidateAsync(UserManager<WefluxUser> manager, WefluxUser user, string? password) =>
        Task.FromResult(Refuse(password, user.Email, user.Name) is { } fault
            ? IdentityResult.Failed(new IdentityError { Code = nameof(PasswordRules), Description = fault })
            : IdentityResult.Success);

    private static bool IsOwn(string plain, string core, string? email, string? name)
    {
        var local = (email ?? "").Split('@')[0];
        string[] own = [email ?? "", local, name ?? "", .. (name ?? "").Split(' '), "weflux"];
        return own.Where(o => o.Length >= ShortestPart).Any(o => plain == Plain(o) || Repeated(core) == Core(o) || IsSameWord(plain, Plain(o)));
    }

    // Digits between the words change nothing: "Para 1 para 1" is the name Para all the same.
    private static bool IsSameWord(string plain, string own)
    {
        var (letters, ownLetters) = (string.Concat(plain.Where(char.IsLetter)), string.Concat(own.Where(char.IsLetter)));
        return ownLetters.Length >= ShortestPart && Repeated(letters) == ownLetters;
    }

    /// <summary>Letters and digits, as they sound: <c>P@ssw0rd</c> is no better than <c>password</c>.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Where(c => !char.IsWhiteSpace(c)))
        {
            plain.Append(c switch { '@' => 'a', '$' => 's', _ => c });
        }

        return plain.ToString();
    }

    /// <summary>What is left without what people add at the ends.</summary>
    private static string Core(string text)
    {
        var plain = Plain(text);
        var core = plain.Trim([.. plain.Where(c => !char.IsLetter(c)).Distinct()]);
        core = core.Length == 0 ? plain : core;
        var letters = new StringBuilder(core.Length);
        foreach (var c in core)
        {
            letters.Append(c switch { '0' => 'o', '1' => 'i', '3' => 'e', '4' => 'a', '5' => 's', '7' => 't', _ => c });
        }

        return core.Any(char.IsLetter) ? letters.ToString() : core;
    }

    /// <summary>What is said again and again, once; the whole if nothing is.</summary>
    private static string Repeated(string text)
    {
        for (var length = 1; length <= text.Length / 2; length++)
        {
            if (text.Length % length == 0 && text == string.Concat(Enumerable.Repeat(text[..length], text.Length / length)))
            {
                return text[..length];
            }
        }

        return text;
    }

    private static FrozenSet<string> Load()
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream("Weflux.Web.Account.Passwords.common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        var words = new HashSet<string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                words.Add(line);
            }
        }

        return words.ToFrozenSet(StringComparer.Ordinal);
    }
}
