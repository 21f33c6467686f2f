using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;
using Weflux.Web.Data;

namespace Weflux.Web.Security;

/// <summary>Keeps the keys of ASP.NET Core Data Protection in the database, encrypted with the key ring.</summary>
public sealed partial class DataProtectionKeys(WefluxDatabase database, SecretProtector protector, ILogger<DataProtectionKeys> logger)
    : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = database.OpenForSystem();
        var elements = new List<XElement>();
        foreach (var row in db.Set<ProtectedXmlKey>().AsNoTracking().ToList())
        {
            try
            {
                elements.Add(XElement.Parse(protector.UnprotectText(row.Xml, Context(row.Name))));
            }
            catch (CryptographicException fault)
            {
                // Without this key some people sign in again; without the program nobody does.
                Unreadable(fault, row.Name);
            }
        }

        return elements;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = database.OpenForSystem();
        var xml = protector.ProtectText(element.ToString(SaveOptions.DisableFormatting), Context(friendlyName));
        db.Add(new ProtectedXmlKey { Name = friendlyName, Xml = xml });
        db.SaveChanges();
    }

    private static string Context(string name) => $"DataProtectionKeys/{name}/Xml";

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sign-in key {Name} cannot be decrypted with the key ring and is left out")]
    private partial void Unreadable(Exception fault, string name);
}

/// <summary>Leaves a key as it is, because <see cref="DataProtectionKeys"/> encrypts the whole of it; without one the framework warns.</summary>
internal sealed class AlreadyEncrypted : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) =>
        new(new XElement("encryptedByRepository", plaintextElement), typeof(AlreadyEncryptedReader));
}

/// <summary>The other half of <see cref="AlreadyEncrypted"/>; made by the framework from its name.</summary>
internal sealed class AlreadyEncryptedReader : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) => new(encryptedElement.Elements().Single());
}
