namespace Weflux.Domain.Team;

/// <summary>Whose law a workspace lives under. It decides which periods of keeping are proposed and which are warned about.</summary>
public enum LegalProfile
{
    /// <summary>The GDPR of the European Union or of the United Kingdom.</summary>
    EuUk = 1,

    /// <summary>India's DPDP Act and its rules.</summary>
    India = 2,

    /// <summary>Another one: the privacy policy's own periods count.</summary>
    Other = 3,
}
