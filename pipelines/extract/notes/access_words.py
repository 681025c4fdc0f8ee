"""The words by which pages keep a part of an article back, in several languages.

Data only. Entries are pieces of regular expressions, matched without regard to case.
"""

from __future__ import annotations

WALLS = (
    # English
    r"(?:to|and) (?:continue|keep|finish) reading\b(?! below)",
    r"(?:subscri\w+|register\w*|sign (?:in|up)|log ?in|join|upgrade|account|trial|pay|"
    r"member\w*)\b.{0,70}\b(?:to|and|for) (?:read|continue|unlock|access|view|see|get)?"
    r" ?(?:the |this |our |your )?(?:full|rest|whole|entire|complete|premium|article|"
    r"story)\b",
    r"(?:this|the rest of (?:this|the)|the full) (?:article|story|content|report|post|"
    r"page|text)\b.{0,30} (?:is|are) (?:only |exclusively |currently )?(?:available |"
    r"reserved |restricted |exclusive |open |visible )?(?:for|to)\b.{0,40}\b"
    r"(?:subscri\w+|members?|registered|paying|premium)",
    r"(?:exclusive|exclusively|available only|only available|reserved) (?:for|to) "
    r"(?:our )?"
    r"(?:paying |registered |premium )?(?:subscribers|members)\b(?=\W*$|[.!])",
    r"you(?:[’']ve| have) (?:reached|used|hit)\b.{0,60}\b(?:limit|free (?:articles|"
    r"stories))",
    r"unlock (?:this|the (?:full|rest))\b",
    r"the (?:rest|remainder) of this (?:article|story|post|content)\b",
    # German
    r"(?:registrier\w+|abonnier\w+|anmelden|einloggen|freischalten|kaufen|testen|plus|"
    r"premium|abo)\b.{0,40}\bweiterlesen",
    r"weiterlesen (?:mit|für|nach|im)\b|möchten sie (?:den artikel )?weiterlesen",
    r"(?:nur|exklusiv|ausschließlich) für (?:\w+[- ])?(?:abonnent|registrierte|"
    r"mitglieder|leser mit|digital-?abo)",
    r"(?:diesen|den|ganzen|vollständigen) (?:artikel|beitrag|text)\b.{0,30}\b"
    r"(?:freischalten|erwerben|kaufen|mit einem .{0,20}abo)",
    r"(?:der|den) (?:ganzen?|vollständigen?|komplette?n?) (?:artikel|beitrag|text)\b"
    r".{0,60}\b(?:abonnenten|abo|registrierte|plus|premium)",
    # French
    r"(?:article|contenu|suite|lecture)\b.{0,40}\bréservée?s? (?:à|aux) (?:nos "
    r")?abonnés?",
    r"pour (?:lire|consulter|accéder à) (?:la suite|l[’']intégralité|cet article)\b",
    r"abonnez-vous (?:pour|et) (?:lire|continuer|accéder|découvr|poursuiv)",
    r"(?:identifiez|connectez|inscrivez)-vous\b.{0,40}\b(?:lire|suite|poursuivre)",
    # Spanish, Portuguese, Italian
    r"(?:s[óo]lo|exclusiv[oa]|reservad[oa]) para (?:nuestros )?(?:suscriptores|"
    r"abonados|"
    r"socios|registrados)",
    r"(?:suscr[ií]b\w+|reg[ií]str\w+|inicia sesión)\b.{0,40}\b(?:seguir|continuar|"
    r"leer)",
    r"para (?:seguir|continuar) leyendo\b",
    r"exclusiv[oa] (?:para|a) (?:os )?(?:nossos )?assinantes|conteúdo exclusivo para",
    r"(?:assine|cadastre-se|faça login)\b.{0,30}\b(?:para|e) (?:ler|continuar|acessar)",
    r"para continuar (?:lendo|a ler)\b",
    r"riservat[oai] (?:agli|ai)(?: nostri)? (?:abbonati|iscritti|registrati)",
    r"(?:abbonati|registrati|accedi) (?:per|e) (?:leggere|continuare|proseguire)",
    r"per continuare (?:a leggere|la lettura)\b",
    # Dutch, Scandinavian, Finnish
    r"(?:alleen|exclusief) (?:toegankelijk |beschikbaar )?voor (?:abonnees|leden)",
    r"om (?:dit artikel|verder) te (?:kunnen )?lezen\b",
    r"(?:endast|bara|exklusivt|kun|bare|kun) för? ?(?:våra )?(?:prenumeranter|"
    r"abonnenter)",
    r"(?:kun|bare|eksklusivt) for abonnenter",
    r"(?:logga in|prenumerera|logg inn|bli abonnent|køb "
    r"abonnement)\b.{0,40}\b(?:läs\w*|"
    r"les\w*|læs\w*)",
    r"vain tilaajille|tilaa ja lue",
    # Polish, Czech, Russian, Turkish
    r"(?:tylko|wyłącznie) dla (?:subskrybentów|prenumeratorów|abonentów)",
    r"(?:aby|żeby) (?:czytać dalej|przeczytać (?:cały|całość))",
    r"(?:pouze|jen) pro předplatitele",
    r"(?:только|доступн\w+) для подписчиков",
    r"sadece aboneler",
    # Chinese, Japanese, Korean
    r"会員限定|有料会員|この記事は有料|続きを(?:読む|お読みいただく)には|登录后(?:继续|阅读)|付费(?:阅读|内容)|"
    r"订阅后|구독자 전용|유료 ?회원",
)
"""What stands where the rest of an article would: a condition for reading it."""

WALL_MARKS = (
    "reading", "subscri", "regist", "sign in", "sign up", "log in", "login", "join",
    "upgrade", "account", "trial", "pay", "member", "premium", "limit", "free ",
    "unlock", "rest of", "remainder of",
    "weiterlesen", "für ", "freischalten", "erwerben", "kaufen", "mit einem", "abo",
    "plus",
    "réserv", "pour ", "ez-vous", "para ", "seguir", "continuar", "leer", "exclusiv",
    "assine", "cadastre", "riservat", "leggere", "proseguire",
    "voor ", "lezen", "prenumer", "logg", "tilaa",
    "dla ", "czyta", "předplatitele", "подписчик",
    "会員", "有料", "続きを", "登录后", "付费", "订阅后", "구독자", "유료",
)  # fmt: skip
"""One of these stands in every such line, in lower case; asked first, being quick."""

LEFT = (
    r"il (?:vous )?reste\s+\d[\d,. ]*\s*% (?:de|à)",
    r"(?:noch|verbleibende|restliche)\s+\d[\d,.]*\s*(?:%|prozent) (?:des|dieses)",
    r"\d[\d,.]*\s*% (?:of|de) (?:this|the|este|cet|l[’']) ?(?:article|artículo|story) "
    r"(?:remains?|left|restante?)",
    r"(?:queda|resta)\s+(?:un |el |o )?\d[\d,.]*\s*%",
    r"pozostało(?: do przeczytania)?:?\s+\d[\d,.]*\s*%",
    r"残り\s*[\d,０-９]+\s*(?:文字|字)|剩余\s*\d+\s*%",
)
"""How much of an article is left behind the wall."""
LEFT_MARKS = ("%", "prozent", "残り", "剩余")
"""One of these stands in every such line, in lower case."""

ONWARD = (
    r"(?:read|see|view|get|find|click (?:here )?(?:to read|for)) (?:the )?(?:full|"
    r"rest of|"
    r"whole|entire|complete|original)(?: of)?(?: the| this)? ?(?:article|story|post|"
    r"report|text|piece|review|interview|column|entry|item|release)",
    r"(?:read|see) (?:the )?(?:article|story|rest|more) (?:here|at|on)\b",
    r"(?:den )?(?:ganzen|vollständigen|kompletten|gesamten) (?:artikel|beitrag|text)",
    r"(?:lire|voir) (?:l[’']article|la suite de l[’']article|l[’']intégralité)",
    r"(?:leer|ver) (?:el |la )?(?:artículo|noticia|nota|entrevista) complet[oa]",
    r"leggi (?:l[’']articolo|tutto|l[’']intero)",
    r"lees (?:het|dit) (?:hele|volledige) (?:artikel|bericht|verhaal)",
    r"(?:leia|ler) (?:a|o) (?:matéria|reportagem|artigo|texto|íntegra)",
    r"läs hela (?:artikeln|texten)|les hele (?:saken|artikkelen)|læs hele",
    r"(?:czytaj|przeczytaj) (?:cały|całość)",
)
"""A link that promises the whole of this article."""

MORE = (
    r"(?:read|learn|see) more", r"continue reading", r"(?:jetzt )?weiterlesen",
    r"mehr lesen", r"mehr dazu", r"lire (?:la suite|plus)", r"(?:leer|ver|saber) más",
    r"seguir leyendo", r"sigue leyendo", r"leggi (?:di più|ancora)",
    r"continua(?: a leggere)?", r"lees (?:verder|meer)", r"(?:leia|ler|saiba) mais",
    r"läs (?:mer|vidare)", r"les mer", r"læs mere", r"lue lisää",
    r"czytaj (?:więcej|dalej)",
    r"číst dále", r"читать (?:далее|полностью)", r"続きを読む", r"阅读(?:全文|更多)",
)  # fmt: skip
"""A link that promises more, which may be of anything."""

UNFINISHED = frozenset(
    ("a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "from", "with", "and",
     "or", "that", "which", "who", "is", "are", "was", "were", "has", "have", "its",
     "their", "der", "die", "das", "den", "dem", "des", "ein", "eine", "einem", "einen",
     "einer", "eines", "und", "oder", "vom", "von", "zum", "zur", "im", "am", "bei",
     "mit", "auf", "für", "dass", "wird", "ist", "le", "la", "les", "un", "une", "de",
     "du", "et", "ou", "que", "qui", "dans", "pour", "par", "avec", "sur", "aux", "el",
     "los", "las", "una", "del", "al", "y", "con", "por", "para", "il", "lo", "gli",
     "di", "della", "del", "che", "per", "het", "een", "van", "en", "met", "voor", "o",
     "os", "as", "um", "uma", "do", "da", "dos", "das", "em", "com", "och", "att", "av",
     "som", "på", "med", "og", "w", "z", "na", "i", "do", "się", "że")
)  # fmt: skip
"""Words with which no sentence ends."""
