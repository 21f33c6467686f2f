namespace Weflux.Domain.Contacts;

/// <summary>The built-in words, by language. Add here and raise <see cref="ConsentEntry.CurrentRuleVersion"/>.</summary>
internal static class OptOutWordLists
{
    // Stryker disable once String : the words are data, and the tests read them from here
    internal static readonly string[] Stop =
    [
        // English
        "stop", "stop all", "stopall", "stop it", "please stop", "stop please", "stop messages", "stop messaging me",
        "stop sending messages", "stop promotions", "unsubscribe", "unsubscribe me", "unsub", "opt out", "opt-out", "optout",
        "remove me", "no more messages", "do not message me", "don't message me", "dont message me",

        // Hindi, in Devanagari and as typed in Latin letters
        "रोको", "रोकें", "रोकिए", "रुको", "बंद करो", "बंद करें", "बंद कर दो", "बन्द करो", "बन्द करें", "संदेश बंद करें",
        "मैसेज बंद करो", "स्टॉप", "band karo", "band kare", "band karen", "band kar do", "message band karo", "roko", "msg band karo",

        // Bengali, Assamese
        "বন্ধ করুন", "বন্ধ করো", "বন্ধ কর", "থামুন", "থামাও", "স্টপ", "বন্ধ কৰক",

        // Marathi
        "थांबा", "थांबवा", "बंद करा",

        // Telugu, Tamil, Kannada, Malayalam
        "ఆపు", "ఆపండి", "ఆపివేయండి", "స్టాప్",
        "நிறுத்து", "நிறுத்துங்கள்", "நிறுத்தவும்", "ஸ்டாப்",
        "ನಿಲ್ಲಿಸಿ", "ನಿಲ್ಲಿಸು", "ಸ್ಟಾಪ್",
        "നിർത്തുക", "നിർത്തൂ", "നിർത്ത്", "സ്റ്റോപ്പ്",

        // Gujarati, Punjabi, Odia
        "બંધ કરો", "રોકો", "સ્ટોપ",
        "ਬੰਦ ਕਰੋ", "ਰੋਕੋ", "ਸਟਾਪ",
        "ବନ୍ଦ କର", "ବନ୍ଦ କରନ୍ତୁ", "ଷ୍ଟପ୍",

        // Urdu, Arabic
        "بند کرو", "بند کریں", "روکو", "روکیں", "سٹاپ",
        "توقف", "أوقف", "اوقف", "إيقاف", "ايقاف", "إلغاء الاشتراك", "الغاء الاشتراك", "الغاء",

        // Spanish, Portuguese
        "parar", "alto", "detener", "baja", "darme de baja", "dar de baja", "darse de baja", "cancelar suscripción", "no más mensajes",
        "pare", "sair", "descadastrar", "cancelar inscrição", "remover", "não quero receber", "não quero mais receber",

        // French, German, Italian, Dutch
        "arrêt", "arrêter", "arrêtez", "désabonner", "se désabonner", "désinscription", "désinscrire", "me désinscrire",
        "stopp", "abmelden", "abbestellen", "keine nachrichten", "keine nachrichten mehr",
        "disiscrivimi", "cancellami", "afmelden", "uitschrijven",

        // Indonesian, Malay, Turkish
        "berhenti", "berhenti berlangganan", "hentikan", "jangan kirim pesan lagi", "henti", "durdur", "abonelikten çık",
    ];

    // Stryker disable once String : as above
    internal static readonly string[] Start =
    [
        "start", "unstop", "subscribe", "resubscribe", "opt in", "opt-in", "optin",
        "शुरू करो", "शुरू करें", "शुरू", "चालू करो", "चालू करें", "स्टार्ट", "shuru karo", "chalu karo",
        "শুরু করুন", "শুরু করো", "स्टार्ट करा", "सुरू करा",
        "ప్రారంభించండి", "స్టార్ట్", "தொடங்கு", "தொடங்கவும்", "ಪ್ರಾರಂಭಿಸಿ", "തുടങ്ങുക",
        "શરૂ કરો", "ਸ਼ੁਰੂ ਕਰੋ", "ଆରମ୍ଭ କରନ୍ତୁ", "شروع کریں", "شروع کرو",
        "ابدأ", "ابدا", "اشتراك",
        "empezar", "comenzar", "alta", "suscribir", "começar", "iniciar", "inscrever",
        "commencer", "démarrer", "s'abonner", "anmelden", "starten", "mulai", "langganan",
    ];
}
